import { createHmac } from 'node:crypto'
import type { Tracking } from '@/db/types'

export type RedirectInput = {
  /** The target saved on the link; nothing of it ever comes from a request. */
  url: string
  sessionId: string
  status: 'paid' | 'processing'
  tracking: Tracking
  clientReferenceId: string | null
  signingSecret: string
  /** Unix seconds. */
  now: number
}

/**
 * Where the buyer goes after payment: the link's target with `{CHECKOUT_SESSION_ID}` filled in, the URL codes of
 * the visit, `status`, and a signature (`bl_ts`, `bl_sig`) over all of them, so that the landing page can trust
 * them without a call. Source of the placeholder and the codes: Stripe Payment Links, after completion.
 */
export function redirectTarget(input: RedirectInput): string {
  const filled = input.url.replace(/\{CHECKOUT_SESSION_ID\}|%7BCHECKOUT_SESSION_ID%7D/gi, input.sessionId)
  const url = new URL(filled)
  for (const [key, value] of Object.entries(input.tracking)) url.searchParams.set(key, value)
  if (input.clientReferenceId) url.searchParams.set('client_reference_id', input.clientReferenceId)
  url.searchParams.set('status', input.status)
  url.searchParams.set('bl_ts', String(input.now))
  url.searchParams.delete('bl_sig')
  url.searchParams.set('bl_sig', signParameters(url.searchParams, input.signingSecret))
  return url.href
}

/**
 * HMAC-SHA256, hex, over all parameters but `bl_sig`: sorted by name, then value, as `name=value` with both
 * percent-encoded, joined by `&`.
 */
export function signParameters(parameters: URLSearchParams, secret: string): string {
  const signed = [...parameters]
    .filter(([name]) => name !== 'bl_sig')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&')
  return createHmac('sha256', secret).update(signed).digest('hex')
}
