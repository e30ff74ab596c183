import { and, eq, ne, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { orderInvoices, refundRequests } from '@/db/money-schema'
import { orders } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { log } from '@/lib/log'
import { callStripe } from '@/lib/stripe/calls'
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
  const left = refundable(order)
  const wanted = amount ?? left
  if (left <= 0)
    throw new AppError('invalid_request', 'There is nothing left to refund.', { param: 'amount' })
  if (!Number.isSafeInteger(wanted) || wanted <= 0) {
    throw new AppError('invalid_request', 'The amount has to be above zero.', { param: 'amount' })
  }
  if (wanted > left) {
    throw new AppError('invalid_request', 'This is more than is left to refund.', { param: 'amount' })
  }
  const paymentIntentId = order.paymentIntentId ?? (await firstPayment(tx, orderId))
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

/** A subscription's first invoice carries what was paid in the checkout. */
async function firstPayment(tx: Writer, orderId: string): Promise<string | null> {
  const [invoice] = await tx
    .select({ payment: orderInvoices.paymentIntentId })
    .from(orderInvoices)
    .where(and(eq(orderInvoices.orderId, orderId), eq(orderInvoices.billingReason, 'subscription_create')))
  return invoice?.payment ?? null
}

async function carryOut(wish: RefundRequest): Promise<void> {
  try {
    const found = await findRefund(wish)
    const refundId = found ?? (await askStripe(wish))
    await conclude(wish, { state: 'done', refundId })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid_request') throw error
    log.warn({ order: wish.orderId, reason: error.message }, 'Stripe refused a refund')
    await conclude(wish, { state: 'refused', reason: error.message.slice(0, 500) })
    throw new AppError('conflict', error.message, { cause: error })
  }
}

async function askStripe({ id, paymentIntentId, amount }: RefundRequest): Promise<string> {
  const refund = await callStripe(
    'refunds.create',
    (stripe, options) =>
      stripe.refunds.create(
        { payment_intent: paymentIntentId, amount, metadata: { buylink_refund: id } },
        options,
      ),
    id,
  )
  return refund.id
}

/** A wish that was left half done may have been granted: its key may be forgotten by now, its mark is not. */
async function findRefund({ id, paymentIntentId }: RefundRequest): Promise<string | null> {
  const refunds = await callStripe('refunds.list', (stripe, options) =>
    stripe.refunds
      .list({ payment_intent: paymentIntentId, limit: 100 }, options)
      .autoPagingToArray({ limit: 1000 }),
  )
  return refunds.find(({ metadata }) => metadata?.buylink_refund === id)?.id ?? null
}

async function conclude(wish: RefundRequest, change: Partial<RefundRequest>): Promise<void> {
  await db()
    .update(refundRequests)
    .set({ ...change, updatedAt: sql`now()` })
    .where(and(eq(refundRequests.id, wish.id), eq(refundRequests.state, 'open')))
}
