import { and, eq, ne, sql } from 'drizzle-orm'
import type Stripe from 'stripe'
import { db, type Writer } from '@/db/client'
import { refundRequests } from '@/db/money-schema'
import { orders } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { log } from '@/lib/log'
import { findListed } from '@/lib/stripe/find'
import { writeStripe } from '@/lib/stripe/write'
import { checkoutMoney, checkoutPayment } from './checkout-money'
import { followMoney } from './follow-money'
import { refundable } from './net'
import type { Order } from './orders'

type RefundRequest = typeof refundRequests.$inferSelect

const changedMeanwhile =
  'The order has changed since this page was opened: look at what has been refunded before you go on.'

/**
 * Gives back all or part of what was paid for an order. The wish and its key are committed before Stripe is
 * called; a second press, a second person or a repeat after a lost answer finds the same wish and refunds nothing
 * more.
 *
 * @param amount minor units; all that is left without
 * @param seen the `moneyVersion` of the order the person looked at; the current one without
 * @returns the order after the refund
 * @throws AppError `not_found`, `invalid_request` at `amount`, `conflict` when the order changed meanwhile,
 *   `stripe_unavailable` when it is not known whether Stripe refunded; asking again settles it
 */
export async function refundOrder(orderId: string, amount?: number, seen?: number): Promise<Order> {
  const wish = await db().transaction((tx) => commitWish(tx, orderId, amount, seen))
  if (wish.state === 'open') await carryOut(wish)
  return followMoney(orderId, 'dashboard', { payment: wish.paymentIntentId })
}

async function commitWish(
  tx: Writer,
  orderId: string,
  amount?: number,
  seen?: number,
): Promise<RefundRequest> {
  const [order] = await tx
    .select()
    .from(orders)
    .where(and(eq(orders.id, orderId), eq(orders.livemode, env().stripe.livemode)))
    .for('update')
  if (!order) throw new AppError('not_found', 'There is no such order.')
  const version = seen ?? order.moneyVersion
  const earlier = await wishAt(tx, orderId, version)
  if (earlier) {
    if (amount === undefined || amount === earlier.amount) return earlier
    throw new AppError('conflict', changedMeanwhile)
  }
  if (version !== order.moneyVersion) throw new AppError('conflict', changedMeanwhile)
  const left = refundable(order, await checkoutMoney(tx, order))
  const wanted = amount ?? left
  if (left <= 0)
    throw new AppError('invalid_request', 'There is nothing left to refund.', { param: 'amount' })
  if (!Number.isSafeInteger(wanted) || wanted <= 0) {
    throw new AppError('invalid_request', 'The amount has to be above zero.', { param: 'amount' })
  }
  if (wanted > left) {
    throw new AppError('invalid_request', 'This is more than is left to refund.', { param: 'amount' })
  }
  const paymentIntentId = await checkoutPayment(tx, order)
  if (!paymentIntentId)
    throw new AppError('conflict', 'The payment of this order is not known yet: re-check it.')
  const [wish] = await tx
    .insert(refundRequests)
    .values({ id: newId('refreq'), orderId, moneyVersion: version, paymentIntentId, amount: wanted })
    .returning()
  return wish as RefundRequest
}

async function wishAt(tx: Writer, orderId: string, version: number): Promise<RefundRequest | undefined> {
  const [wish] = await tx
    .select()
    .from(refundRequests)
    .where(
      and(
        eq(refundRequests.orderId, orderId),
        eq(refundRequests.moneyVersion, version),
        ne(refundRequests.state, 'refused'),
      ),
    )
  return wish
}

async function carryOut(wish: RefundRequest): Promise<void> {
  try {
    const { id: refundId } = await askStripe(wish)
    await conclude(wish, { state: 'done', refundId })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid_request') throw error
    log.warn({ order: wish.orderId, reason: error.message }, 'Stripe refused a refund')
    await conclude(wish, { state: 'refused', reason: error.message.slice(0, 500) })
    throw new AppError('conflict', error.message, { cause: error })
  }
}

function askStripe({ id, paymentIntentId, amount }: RefundRequest): Promise<Stripe.Refund> {
  return writeStripe({
    subject: id,
    operation: 'refunds.create',
    params: { payment_intent: paymentIntentId, amount, metadata: { buylink_refund: id } },
    send: (stripe, params, options) => stripe.refunds.create(params, options),
    find: () => findRefund(id, paymentIntentId),
  })
}

function findRefund(id: string, paymentIntentId: string): Promise<Stripe.Refund | undefined> {
  return findListed(
    'refunds.list',
    (stripe, page) => stripe.refunds.list({ ...page, payment_intent: paymentIntentId }),
    (refund) => refund.metadata?.buylink_refund === id,
  )
}

/**
 * Carries out a wish whose answer never came, after whoever asked has gone.
 * @param id of the wish, the `subject` of its call
 * @returns the id of Stripe's refund
 */
export async function resumeRefund(id: string): Promise<string | undefined> {
  const [wish] = await db().select().from(refundRequests).where(eq(refundRequests.id, id))
  if (!wish) return undefined
  if (wish.state === 'open') await carryOut(wish)
  await followMoney(wish.orderId, 'sweep', { payment: wish.paymentIntentId })
  const [after] = await db().select().from(refundRequests).where(eq(refundRequests.id, id))
  return after?.refundId ?? undefined
}

async function conclude(wish: RefundRequest, change: Partial<RefundRequest>): Promise<void> {
  await db()
    .update(refundRequests)
    .set({ ...change, updatedAt: sql`now()` })
    .where(and(eq(refundRequests.id, wish.id), eq(refundRequests.state, 'open')))
}
