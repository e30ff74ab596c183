import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { paymentLinks, paymentLinkVersions } from '@/db/schema'
import { redirectTarget } from '@/lib/links/redirect'
import { settleCheckout } from './settle'

/** Where a buyer who comes back from paying goes: a path of ours, or the merchant's landing page. */
export type Destination =
  | { kind: 'receipt'; token: string }
  | { kind: 'external'; url: string }
  | { kind: 'link' }

/**
 * Settles the session a buyer came back with and says where to send them. An unpaid or expired session leads
 * back to the link; a failed delayed payment, and one that is held for review, to the receipt, which tells it.
 *
 * @throws AppError `not_found` when the session is not one of ours, `stripe_unavailable`
 */
export async function finishCheckout(stripeSessionId: string): Promise<Destination | null> {
  const settled = await settleCheckout(stripeSessionId, 'return')
  if (settled.outcome === 'unknown') return null
  if (settled.outcome !== 'settled') return { kind: 'link' }
  const { order, row } = settled
  const [sold] = await db()
    .select({ secret: paymentLinks.signingSecret, config: paymentLinkVersions.config })
    .from(paymentLinkVersions)
    .innerJoin(paymentLinks, eq(paymentLinks.id, paymentLinkVersions.linkId))
    .where(and(eq(paymentLinkVersions.linkId, row.linkId), eq(paymentLinkVersions.version, row.linkVersion)))
  const after = sold?.config.after_completion
  if (!sold || after?.type !== 'redirect' || order.status === 'failed' || order.status === 'review') {
    return { kind: 'receipt', token: order.receiptToken }
  }
  const url = redirectTarget({
    url: after.redirect.url,
    sessionId: order.stripeSessionId,
    status: order.status === 'paid' ? 'paid' : 'processing',
    tracking: order.lastTouch,
    clientReferenceId: order.clientReferenceId,
    signingSecret: sold.secret,
    now: Math.floor(Date.now() / 1000),
  })
  return { kind: 'external', url }
}
