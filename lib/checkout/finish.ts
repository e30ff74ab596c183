import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { checkoutSessions, orders, paymentLinks, paymentLinkVersions } from '@/db/schema'
import { env } from '@/lib/env'
import { redirectTarget } from '@/lib/links/redirect'
import type { Order } from '@/lib/orders/orders'
import { refundState } from '@/lib/orders/refund-state'
import { backToLink } from './back-to-link'
import type { CheckoutSession } from './open'
import { settleCheckout } from './settle'

/** Where a buyer who comes back from paying goes: a path of ours, or the merchant's landing page. */
export type Destination =
  | { kind: 'receipt'; token: string }
  | { kind: 'external'; url: string }
  /** `search` leads the browser that opened the session back to it; empty for any other. */
  | { kind: 'link'; slug: string; search: string }

/** How long whoever has a session's id is taken for the buyer: they come back from a wallet or a bank's app. */
const freshMinutes = 10

/**
 * Settles the session a buyer came back with and says where to send them. An unpaid or expired session leads
 * back to the link; a failed delayed payment, and one that is held for review, to the receipt, which tells it. The
 * merchant's signed address is given to the browser that paid, and to any other only right after the payment; never
 * after all the money went back.
 *
 * @param buyerHash hash of the asking browser's buyer cookie
 * @returns null when the session is not one of ours, which is known without Stripe
 * @throws AppError `stripe_unavailable`
 */
export async function finishCheckout(
  stripeSessionId: string,
  buyerHash: string | null = null,
): Promise<Destination | null> {
  const [known] = await db()
    .select({ row: checkoutSessions, order: orders, slug: paymentLinks.slug })
    .from(checkoutSessions)
    .innerJoin(paymentLinks, eq(paymentLinks.id, checkoutSessions.linkId))
    .leftJoin(orders, eq(orders.checkoutSessionId, checkoutSessions.id))
    .where(
      and(
        // Written before the client secret leaves the server: nobody can come back with another.
        eq(checkoutSessions.stripeSessionId, stripeSessionId),
        eq(checkoutSessions.livemode, env().stripe.livemode),
      ),
    )
  if (!known) return null
  const { row, slug } = known
  const order = await settled(stripeSessionId, known.order)
  const isBuyer = row.buyerHash === buyerHash
  if (!order) return { kind: 'link', slug, search: isBuyer ? backToLink(row) : '' }
  const now = Date.now()
  const isFresh = now - (row.completedAt?.getTime() ?? now) < freshMinutes * 60_000
  const url = isBuyer || isFresh ? await landingPage(row, order, now) : null
  return url ? { kind: 'external', url } : { kind: 'receipt', token: order.receiptToken }
}

/** Stripe is asked only of what it can still change; null while nothing was bought. */
async function settled(stripeSessionId: string, order: Order | null): Promise<Order | null> {
  if (order?.status === 'paid' || order?.status === 'review') return order
  const outcome = await settleCheckout(stripeSessionId, 'return')
  return outcome.outcome === 'settled' ? outcome.order : null
}

/** The merchant's own page, signed; null where the receipt has to tell the rest. */
async function landingPage(row: CheckoutSession, order: Order, now: number): Promise<string | null> {
  if (order.status === 'failed' || order.status === 'review' || refundState(order) === 'full') return null
  const [sold] = await db()
    .select({ secret: paymentLinks.signingSecret, config: paymentLinkVersions.config })
    .from(paymentLinkVersions)
    .innerJoin(paymentLinks, eq(paymentLinks.id, paymentLinkVersions.linkId))
    .where(and(eq(paymentLinkVersions.linkId, row.linkId), eq(paymentLinkVersions.version, row.linkVersion)))
  const after = sold?.config.after_completion
  if (!sold || after?.type !== 'redirect') return null
  return redirectTarget({
    url: after.redirect.url,
    sessionId: order.stripeSessionId,
    status: order.status === 'paid' ? 'paid' : 'processing',
    tracking: order.lastTouch,
    clientReferenceId: order.clientReferenceId,
    signingSecret: sold.secret,
    now: Math.floor(now / 1000),
  })
}
