import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { StartError } from './start-error'

const shape = z.object({
  secret: z.string().min(32),
  stripeSecretKey: z.string(),
  stripePublishableKey: z.string(),
  webhookSecret: z.string(),
})

export type KeptSecrets = z.infer<typeof shape>

/** The secrets of a trial, made once and kept: a restart must not sign anybody out or forget a webhook. */
export function keptSecrets(directory: string): KeptSecrets {
  const file = join(directory, 'secrets.json')
  if (existsSync(file)) {
    try {
      return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      throw new StartError(`${file} cannot be read: mend it, or remove it to have new secrets made.`)
    }
  }
  const random = (bytes: number) => randomBytes(bytes).toString('hex')
  const secrets = {
    secret: random(32),
    stripeSecretKey: `sk_test_${random(24)}`,
    stripePublishableKey: `pk_test_${random(24)}`,
    webhookSecret: `whsec_${random(24)}`,
  }
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return secrets
}
