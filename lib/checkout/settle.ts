import { eq, or, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { checkoutSessions } from '@/db/schema'
import { type EventType, emitEvent } from '@/lib/events/emit'
import { log } from '@/lib/log'
import { addFact, type Source } from '@/lib/orders/facts'
import type { Order } from '@/lib/orders/orders'
import { type OrderValues, type Recorded, recordPayment } from '@/lib/orders/record'
import { noteAftermath, usedMethod } from './afterwards'
import { answeredFields, unanswered } from './answers-resource'
import { buyerDetails } from './buyer-details'
import { amountTaken, noteCapture } from './capture'
import { asPaid, differences, paymentFact } from './compare'
import { releaseHold } from './hold'
import type { CheckoutSession } from './open'
import { configOf } from './own-session'
import { planRefund } from './place-refunds'
import { readSession, type StripeSession } from './read'
import { checkoutSessionResource, idOf } from './resource'
import { settlePlaces } from './settle-places'
import { itemOf } from './snapshot'
import { countPaid } from './tries'

export type Settled =
  | { outcome: 'open' | 'expired'; row: CheckoutSession }
  | { outcome: 'settled'; row: CheckoutSession; order: Order; fulfilled: boolean }
  /** Not a session of this database; `ours` when its metadata says that it should be. */
  | { outcome: 'unknown'; ours: boolean }

/**
 * Brings our record of a session to what Stripe says of it now: the one way an order comes into being and is
 * fulfilled, whoever asks. Reads Stripe first, then makes one row-locked transition and writes all that follows
 * from it in the same transaction. Safe to call any number of times, concurrently, in any order.
 *
 * @throws AppError `not_found` when Stripe does not know the session, `stripe_unavailable`
 */
export async function settleCheckout(stripeSessionId: string, source: Source): Promise<Settled> {
  const found = await readSession(stripeSessionId)
  return db().transaction(async (tx) => {
    const row = await lockRow(tx, found)
    if (!row) return { outcome: 'unknown', ours: Boolean(found.session.metadata?.buylink_session) }
    if (found.session.status === 'complete') return complete(tx, row, found, source)
    if (found.session.status === 'expired') return expire(tx, row, found)
    await touch(tx, row, found, {})
    return { outcome: 'open', row }
  })
}

/** By Stripe's id, or by ours in the metadata: an event may come before the answer that named the session. */
async function lockRow(tx: Writer, { session }: StripeSession): Promise<CheckoutSession | undefined> {
  const ours = session.metadata?.buylink_session
  const [row] = await tx
    .select()
    .from(checkoutSessions)
    .where(
      or(
        eq(checkoutSessions.stripeSessionId, session.id),
        ours
          ? sql`${checkoutSessions.id} = ${ours} and ${checkoutSessions.stripeSessionId} is null`
          : undefined,
      ),
    )
    .for('update')
  return row
}

type Change = Partial<Pick<CheckoutSession, 'status' | 'paymentStatus' | 'completedAt'>>

async function touch(tx: Writer, row: CheckoutSession, { session }: StripeSession, change: Change) {
  await tx
    .update(checkoutSessions)
    .set({
      ...change,
      stripeSessionId: session.id,
      expiresAt: new Date(session.expires_at * 1000),
      checkedAt: sql`now()`,
      updatedAt: sql`now()`,
    })
    .where(eq(checkoutSessions.id, row.id))
}

async function expire(tx: Writer, row: CheckoutSession, found: StripeSession): Promise<Settled> {
  await releaseHold(tx, row.id)
  if (row.status === 'open') {
    await touch(tx, row, found, { status: 'expired' })
    await tell(tx, 'checkout.session.expired', row, found)
  }
  return { outcome: 'expired', row }
}

async function complete(
  tx: Writer,
  row: CheckoutSession,
  read: StripeSession,
  source: Source,
): Promise<Settled> {
  const payment = paymentFact(read)
  const found = payment === 'paid' ? asPaid(read) : read
  const { session, lines } = found
  const reasons = differences(row, session, lines)
  if (reasons.length > 0)
    log.error({ session: row.id, reason: reasons.join('; ') }, 'a completed session is not what was offered')
  const isPlaced = await settlePlaces(tx, row, found, payment)
  if (!isPlaced) reasons.push('it was paid when there was no place left, and is refunded')
  const fact = reasons.length > 0 ? 'mismatch' : payment
  const config = await configOf(tx, row)
  const customFields = answeredFields(config.custom_fields, row.answers)
  const values = { ...orderValues(row, found), customFields, consent: row.consent }
  const recorded = await recordPayment(tx, values, fact, reasons, source)
  await noteCapture(tx, recorded, found, source)
  const fields = unanswered(config, row, buyerDetails(session))
  if (fields.length > 0) await addFact(tx, recorded.order.id, 'unanswered', source, { fields })
  if (!isPlaced) await planRefund(tx, recorded.order)
  await noteAftermath(tx, recorded.order.id, row, found, source)
  await touch(tx, row, found, {
    status: 'complete',
    // A reading made before the money arrived may be written after it: what was paid stays paid.
    paymentStatus:
      row.paymentStatus === 'unpaid'
        ? (session.payment_status as CheckoutSession['paymentStatus'])
        : row.paymentStatus,
    completedAt: row.completedAt ?? new Date(),
  })
  if (row.status !== 'complete') await countPaid(tx, row)
  await tellOutcome(tx, recorded, row, found)
  return { outcome: 'settled', row, order: recorded.order, fulfilled: recorded.fulfilled }
}

/**
 * A delayed payment tells its end; one that was paid at once has been told by `completed`. What is held for review
 * tells neither: `order.review` has, and `completed` follows when a person lets the order go on.
 */
async function tellOutcome(
  tx: Writer,
  { before, order }: Recorded,
  row: CheckoutSession,
  found: StripeSession,
) {
  if (order.status === 'review') return
  if (before === null) await tell(tx, 'checkout.session.completed', row, found)
  const ended = (before === 'pending' || before === 'failed') && order.status !== before
  if (ended && order.status === 'paid') await tell(tx, 'checkout.session.async_payment_succeeded', row, found)
  if (order.status === 'failed' && before !== 'failed') {
    await tell(tx, 'checkout.session.async_payment_failed', row, found)
  }
}

/** Tells of a session as Stripe would, once for each type. @returns whether it had not been told before */
export async function tell(
  tx: Writer,
  type: EventType,
  row: CheckoutSession,
  { session }: StripeSession,
): Promise<boolean> {
  const { custom_fields: fields } = await configOf(tx, row)
  const object = checkoutSessionResource(row, session, fields)
  return emitEvent(tx, { type, factKey: `${type}:${row.id}`, object })
}

function orderValues(row: CheckoutSession, found: StripeSession): OrderValues {
  const { session, lines } = found
  const method = usedMethod(session)
  const details = session.customer_details
  const totals = session.total_details
  return {
    livemode: row.livemode,
    checkoutSessionId: row.id,
    stripeSessionId: session.id,
    paymentIntentId: idOf(session.payment_intent),
    subscriptionId: idOf(session.subscription),
    customerId: idOf(session.customer),
    linkId: row.linkId,
    linkVersion: row.linkVersion,
    currency: session.currency ?? row.snapshot.currency,
    amountSubtotal: session.amount_subtotal ?? 0,
    amountDiscount: totals?.amount_discount ?? 0,
    amountShipping: totals?.amount_shipping ?? 0,
    amountTax: totals?.amount_tax ?? 0,
    amountTotal: amountTaken(found),
    ...presentment(session),
    items: lines.map((line) => ({
      price: itemOf(row.snapshot, line)?.price ?? line.price?.id ?? null,
      name: line.description ?? '',
      quantity: line.quantity ?? 0,
      unit_amount: line.price?.unit_amount ?? 0,
      amount_subtotal: line.amount_subtotal,
      amount_total: line.amount_total,
      recurring: recurringOf(line.price?.recurring),
    })),
    customerEmail: details?.email ?? session.customer_email,
    customerName: details?.name ?? null,
    customerPhone: details?.phone ?? null,
    buyerDetails: buyerDetails(session),
    paymentMethod: method && {
      type: method.type,
      brand: method.card?.brand ?? null,
      last4: method.card?.last4 ?? method.sepa_debit?.last4 ?? null,
    },
    clientReferenceId: row.clientReferenceId,
    firstTouch: row.firstTouch,
    lastTouch: row.lastTouch,
  }
}

/** What the buyer paid in another currency than the link's (Stripe, Adaptive Pricing). */
function presentment({ presentment_details: shown, currency }: StripeSession['session']) {
  const isOther = shown !== undefined && shown.presentment_currency !== currency
  return {
    presentmentAmount: isOther ? shown.presentment_amount : null,
    presentmentCurrency: isOther ? shown.presentment_currency : null,
  }
}

function recurringOf(recurring: { interval: string; interval_count: number } | null | undefined) {
  if (!recurring) return null
  const interval = recurring.interval as 'day' | 'week' | 'month' | 'year'
  return { interval, interval_count: recurring.interval_count }
}
