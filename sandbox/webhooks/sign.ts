import { createHmac } from 'node:crypto'

/**
 * The `Stripe-Signature` header: `t` and one `v1` (HMAC-SHA256 of `t.payload`) for each secret.
 * @param seconds the real time, because receivers hold it against their own clock
 */
export function signatureHeader(payload: string, secrets: readonly string[], seconds: number): string {
  const signatures = secrets.map((secret) => {
    const digest = createHmac('sha256', secret).update(`${seconds}.${payload}`).digest('hex')
    return `v1=${digest}`
  })
  return [`t=${seconds}`, ...signatures].join(',')
}
