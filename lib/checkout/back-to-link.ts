import type { CheckoutSession } from './open'

type Opened = Pick<
  CheckoutSession,
  | 'lastTouch'
  | 'clientReferenceId'
  | 'prefilledEmail'
  | 'lockedEmail'
  | 'prefilledPromoCode'
  | 'customerId'
  | 'stripeSessionId'
>

/**
 * The query a session was opened with, for a buyer who comes back to it unpaid; only for the browser that opened it.
 * What named a returning customer was signed and may have ended: their session is named instead, and found with that
 * browser's cookie alone.
 */
export function backToLink(row: Opened): string {
  const given: Record<string, string | null> = {
    ...row.lastTouch,
    client_reference_id: row.clientReferenceId,
    prefilled_email: row.prefilledEmail,
    locked_prefilled_email: row.lockedEmail,
    prefilled_promo_code: row.prefilledPromoCode,
    resume: row.customerId && row.stripeSessionId,
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) if (value !== null) query.set(name, value)
  return query.toString()
}
