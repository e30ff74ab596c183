import { and, eq, sql } from 'drizzle-orm'
import type Stripe from 'stripe'
import { db, type Writer } from '@/db/client'
import { placeRefunds } from '@/db/limits-schema'
import { orders } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import type { Order } from '@/lib/orders/orders'
import { callStripe } from '@/lib/stripe/calls'
import { writeStripe } from '@/lib/stripe/write'

type PlaceRefund = typeof placeRefunds.$inferSelect

const leaseSeconds = 60
/** With the waits below, more than a month: a direct debit takes two weeks to arrive. */
const maximumAttempts = 200

/**
 * Decides, in the transaction that settles a payment without a place, that its money goes back; once per session.
 * A subscription is left to the merchant: only they can end it.
 */
export async function planRefund(tx: Writer, order: Order): Promise<void> {
  if (order.amountTotal === 0 || !order.paymentIntentId) return
  await tx
    .insert(placeRefunds)
    .values({
      checkoutSessionId: order.checkoutSessionId,
      orderId: order.id,
      paymentIntentId: order.paymentIntentId,
      amount: order.amountTotal,
      currency: order.currency,
    })
    .onConflictDoNothing()
}

/** Sends the refunds that are due; any number of processes may. */
export async function sendPlaceRefunds(): Promise<number> {
  let count = 0
  for (let row = await lease(); row && count < 50; row = await lease()) {
    try {
      await end(row, await refund(row))
    } catch (error) {
      log.warn({ order: row.orderId, attempt: row.attempts, error }, 'a refund could not be sent yet')
      await postpone(row, Math.min(2 ** row.attempts, 600))
    }
    count++
  }
  return count
}

async function lease(): Promise<PlaceRefund | undefined> {
  const due = db()
    .select({ id: placeRefunds.checkoutSessionId })
    .from(placeRefunds)
    .innerJoin(orders, eq(orders.id, placeRefunds.orderId))
    .where(
      and(
        eq(placeRefunds.state, 'pending'),
        eq(orders.livemode, env().stripe.livemode),
        sql`${placeRefunds.nextAttemptAt} <= now()`,
      ),
    )
    .orderBy(placeRefunds.nextAttemptAt)
    .limit(1)
    .for('update', { of: placeRefunds, skipLocked: true })
  const [row] = await db()
    .update(placeRefunds)
    .set({
      attempts: sql`${placeRefunds.attempts} + 1`,
      nextAttemptAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .where(sql`${placeRefunds.checkoutSessionId} = (${due})`)
    .returning()
  return row
}

type Outcome = { state: 'done' | 'not_needed' | 'failed'; refundId?: string; reason?: string } | 'later'

async function refund(row: PlaceRefund): Promise<Outcome> {
  const earlier = (await refundsOf(row)).filter(({ status }) => status !== 'failed' && status !== 'canceled')
  const isOurs = ({ metadata }: Stripe.Refund) => metadata?.buylink_session === row.checkoutSessionId
  const sent = earlier.find(isOurs)
  if (sent) return { state: 'done', refundId: sent.id }
  if (earlier.reduce((sum, { amount }) => sum + amount, 0) >= row.amount) {
    return { state: 'not_needed', reason: 'the money was refunded by hand' }
  }
  const intent = await callStripe('paymentIntents.retrieve', (stripe, options) =>
    stripe.paymentIntents.retrieve(row.paymentIntentId, {}, options),
  )
  if (intent.status === 'canceled' || intent.status === 'requires_payment_method') {
    return { state: 'not_needed', reason: 'the money never arrived' }
  }
  if (intent.status === 'requires_capture') return letGo(row)
  if (intent.status !== 'succeeded') return 'later'
  try {
    const made = await writeStripe({
      subject: row.checkoutSessionId,
      operation: 'refunds.no_place',
      params: { payment_intent: row.paymentIntentId, metadata: { buylink_session: row.checkoutSessionId } },
      send: (stripe, params, options) => stripe.refunds.create(params, options),
      find: async () => (await refundsOf(row)).find(isOurs),
    })
    return { state: 'done', refundId: made.id }
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'invalid_request')) throw error
    return { state: 'failed', reason: error.message }
  }
}

/** Money that was only set aside is not refunded but let go; otherwise it stays with the bank for a week. */
async function letGo({ paymentIntentId, checkoutSessionId }: PlaceRefund): Promise<Outcome> {
  await callStripe(
    'paymentIntents.cancel',
    (stripe, options) => stripe.paymentIntents.cancel(paymentIntentId, {}, options),
    `paymentIntents.cancel:${checkoutSessionId}`,
  )
  return { state: 'done', reason: 'the authorisation was cancelled' }
}

async function refundsOf({ paymentIntentId }: PlaceRefund): Promise<Stripe.Refund[]> {
  const refunds = await callStripe('refunds.list', (stripe, options) =>
    stripe.refunds.list({ payment_intent: paymentIntentId, limit: 100 }, options),
  )
  return refunds.data
}

async function end(row: PlaceRefund, outcome: Outcome): Promise<void> {
  if (outcome === 'later') return postpone(row, 3600)
  const { state, refundId = null, reason = null } = outcome
  if (state === 'failed') {
    log.error({ order: row.orderId, reason }, 'Stripe refused to refund a payment that had no place')
  }
  await db()
    .update(placeRefunds)
    .set({ state, refundId, reason, updatedAt: sql`now()` })
    .where(eq(placeRefunds.checkoutSessionId, row.checkoutSessionId))
}

async function postpone(row: PlaceRefund, seconds: number): Promise<void> {
  const state = row.attempts >= maximumAttempts ? 'failed' : 'pending'
  if (state === 'failed') {
    log.error(
      { order: row.orderId, attempt: row.attempts },
      'a payment that had no place is not refunded: it is given up on and waits for a person',
    )
  }
  await db()
    .update(placeRefunds)
    .set({ state, nextAttemptAt: sql`now() + make_interval(secs => ${seconds})`, updatedAt: sql`now()` })
    .where(eq(placeRefunds.checkoutSessionId, row.checkoutSessionId))
}
