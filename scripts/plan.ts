import { join } from 'node:path'
import ipaddr from 'ipaddr.js'
import { describeProblems, parseEnv } from '@/lib/env'
import { dataDirectory, makeWritable } from './data-directory'
import { keptSecrets } from './kept-secrets'
import { takeLock } from './lock'
import { localAddress, type SandboxOptions } from './parts'
import { freePort, portFrom, requireDifferent, requirePort } from './ports'
import { StartError } from './start-error'

/** What has to be started, and the environment the application gets. */
export type Plan = {
  /** Where a trial keeps its data and secrets. */
  directory: string
  host: string
  port: number
  /** Null where DATABASE_URL names a database; port 0 for any free one. */
  postgres: { port: number } | null
  /** Null where Stripe's keys are set. */
  sandbox: SandboxOptions | null
  env: Record<string, string>
}

const stripeVariables = [
  'STRIPE_SECRET_KEY',
  'STRIPE_PUBLISHABLE_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_API_BASE',
  'STRIPE_JS_URL',
]

/** Stands for the embedded database's address until it is known. */
const embeddedUrl = 'postgres://buylink@127.0.0.1/buylink'

export type PlanOptions = {
  /** Whether the application is going to run: only then does its port have to be free. */
  serves: boolean
  /** Gets the function that gives the directory back, where a trial has to hold it. */
  keep: (release: () => void) => void
}

/**
 * Reads the environment and fills in what is missing for a trial.
 *
 * Stripe's variables are taken or left as a whole: one alone is half a configuration, not a wish for the sandbox.
 * Nor is it one to leave them all out where a database and a public address are given: that shop would sell for nothing.
 * @throws StartError that lists what is wrong, before anything has been started.
 */
export async function makePlan({ serves, keep }: PlanOptions): Promise<Plan> {
  const isSet = (variable: string) => Boolean(process.env[variable])
  const wantsPostgres = !isSet('DATABASE_URL')
  const servesBuyers = !wantsPostgres && isPublic(process.env.BASE_URL) && !isSet('SANDBOX_URL')
  const wantsSandbox = !servesBuyers && !stripeVariables.some(isSet)
  const isTrial = wantsSandbox || wantsPostgres
  const directory = dataDirectory()
  if (isTrial) keep(holdDirectory(directory))

  const host = process.env.HOST || '127.0.0.1'
  const port = serves ? await wantedPort('PORT', 3000, host) : portFrom('PORT', 3000)
  const env: Record<string, string> = { PORT: String(port), HOST: host }
  const give = (variable: string, value: () => string) => {
    if (!isSet(variable)) env[variable] = value()
  }
  give('DATABASE_URL', () => embeddedUrl)
  if (isTrial && !process.env.STRIPE_SECRET_KEY?.includes('_live_')) {
    give('BASE_URL', () => `http://localhost:${port}`)
    give('BUYLINK_SECRET', () => keptSecrets(directory).secret)
  }
  // Whoever tries it out listens on this machine; a server that others reach keeps its own addresses closed.
  if (wantsSandbox && ['127.0.0.1', '::1'].includes(host)) give('WEBHOOK_ALLOW', () => '127.0.0.1/32,::1/128')
  const sandbox = wantsSandbox ? await planSandbox(directory, localAddress(host, port), env) : null
  const postgres = wantsPostgres ? { port: portFrom('POSTGRES_PORT', 0) } : null
  requireDifferent({ PORT: port, SANDBOX_PORT: sandbox?.port, POSTGRES_PORT: postgres?.port })

  const checked = parseEnv({ ...process.env, ...env })
  if (!checked.ok) {
    throw new StartError(
      `Buylink does not start with this configuration.\n${describeProblems(checked.problems)}`,
    )
  }
  return { directory, host, port, postgres, sandbox, env }
}

/** Whether buyers elsewhere may reach this address. */
function isPublic(address = ''): boolean {
  if (!URL.canParse(address) || new URL(address).protocol !== 'https:') return false
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host)) return ipaddr.parse(host).range() === 'unicast'
  return !/(^|\.)(localhost|local|test)$/.test(host)
}

/** Makes the directory ours, so that a second start in it says so before it stumbles over a port. */
function holdDirectory(directory: string): () => void {
  makeWritable(directory)
  const lock = takeLock(join(directory, 'start.lock'))
  if ('release' in lock) return lock.release
  throw new StartError(`Buylink already runs in this directory (process ${lock.heldBy}): stop it first.`)
}

async function planSandbox(
  directory: string,
  application: string,
  env: Record<string, string>,
): Promise<SandboxOptions> {
  const secrets = keptSecrets(directory)
  const host = process.env.SANDBOX_HOST || '127.0.0.1'
  const port = await wantedPort('SANDBOX_PORT', 12111, host)
  const publicUrl = process.env.SANDBOX_URL || `http://localhost:${port}`
  env.STRIPE_SECRET_KEY = secrets.stripeSecretKey
  env.STRIPE_PUBLISHABLE_KEY = secrets.stripePublishableKey
  env.STRIPE_WEBHOOK_SECRET = secrets.webhookSecret
  env.STRIPE_API_BASE = localAddress(host, port)
  env.STRIPE_JS_URL = `${publicUrl}/v3/stripe.js`
  return {
    port,
    host,
    publicUrl,
    webhook: `${application}/webhooks/stripe|${secrets.webhookSecret}`,
    databaseUrl: process.env.SANDBOX_DATABASE_URL || process.env.DATABASE_URL || '',
  }
}

async function wantedPort(variable: string, fallback: number, host: string): Promise<number> {
  const port = portFrom(variable, fallback)
  return port === 0 ? freePort(host) : requirePort(port, host, variable)
}
