import { and, eq } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { checkoutSessions, orders } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { whyNotAccepted } from '@/lib/orders/acceptable'
import { followMoney } from '@/lib/orders/follow-money'
import type { Order } from '@/lib/orders/orders'
import { acceptHeld } from '@/lib/orders/record'
import { amountTaken } from './capture'
import { asPaid, paymentFact } from './compare'
import { readSession, type StripeSession } from './read'
import { settleCheckout, tell } from './settle'

/**
 * Lets an order that is held for review go on, as a person has decided: Stripe is asked once more about everything it
 * rests on, then the order is paid, claimed and told in one transaction. Asked for again it changes nothing.
 *
 * @param by the e-mail address of who decided it
 * @throws AppError `not_found`, `conflict` where its money is not here or went back, or it never had a place,
 *   `stripe_unavailable`
 */
export async function releaseOrder(orderId: string, by: string): Promise<void> {
  const order = await findOwn(orderId)
  if (order.status === 'paid') return
  await settleCheckout(order.stripeSessionId, 'dashboard')
  await followMoney(order.id, 'dashboard', 'all')
  const read = await readSession(order.stripeSessionId)
  if (paymentFact(read) !== 'paid') {
    throw new AppError('conflict', 'The money of this order is not here: there is nothing to accept yet.')
  }
  await db().transaction((tx) => release(tx, order, asPaid(read), by))
}

async function findOwn(orderId: string): Promise<Order> {
  const [order] = await db()
    .select()
    .from(orders)
    .where(and(eq(orders.id, orderId), eq(orders.livemode, env().stripe.livemode)))
  if (!order) throw new AppError('not_found', 'There is no such order.')
  return order
}

/** The session's row first, then the order's, as whoever settles does. */
async function release(tx: Writer, { id, checkoutSessionId }: Order, found: StripeSession, by: string) {
  const [row] = await tx
    .select()
    .from(checkoutSessions)
    .where(eq(checkoutSessions.id, checkoutSessionId))
    .for('update')
  const [order] = await tx.select().from(orders).where(eq(orders.id, id)).for('update')
  if (!row || !order) throw new Error(`order ${id} is gone`)
  if (order.status === 'paid') return
  const refusal = await whyNotAccepted(tx, order)
  if (refusal) throw new AppError('conflict', refusal)
  await acceptHeld(tx, order, { amountTotal: amountTaken(found), by })
  // One that was on its way before it was held has been told as completed and unpaid.
  const isNews = await tell(tx, 'checkout.session.completed', row, found)
  if (!isNews) await tell(tx, 'checkout.session.async_payment_succeeded', row, found)
}
