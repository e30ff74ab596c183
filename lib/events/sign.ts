import { createHmac, randomBytes } from 'node:crypto'

/** A fresh signing secret: `whsec_` and 32 random bytes in base64 (Standard Webhooks asks for 24 to 64). */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/**
 * The headers that prove an event, in both dialects: Stripe's, whose key is the secret as it is written, and
 * Standard Webhooks', whose key is what the secret encodes.
 * @param body exactly the text that is sent
 * @param secrets the one in force, and the one before it while it is being rolled
 * @param seconds now, since 1970; receivers refuse what is older than five minutes
 */
export function signatureHeaders(
  id: string,
  body: string,
  secrets: readonly string[],
  seconds: number,
): Record<string, string> {
  const stripe = secrets.map((secret) => `v1=${hmac(secret, `${seconds}.${body}`).toString('hex')}`)
  const standard = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    return `v1,${hmac(key, `${id}.${seconds}.${body}`).toString('base64')}`
  })
  return {
    'stripe-signature': [`t=${seconds}`, ...stripe].join(','),
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': standard.join(' '),
  }
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
