import { and, eq, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { fulfillments, orders } from '@/db/schema'
import { emitEvent } from '@/lib/events/emit'
import { newId, newOrderNumber, newToken } from '@/lib/ids'
import { addFact, type Source } from './facts'
import type { Order } from './orders'
import { orderResource } from './resource'
import { nextStatus, type PaymentFact } from './status'

export type OrderValues = Omit<
  typeof orders.$inferInsert,
  'id' | 'number' | 'status' | 'receiptToken' | 'fulfilledAt' | 'createdAt' | 'updatedAt' | 'reviewReasons'
>

export type Recorded = { order: Order; before: Order['status'] | null; fulfilled: boolean }

/**
 * Records what is known of a payment, in the caller's transaction, which holds the lock on the session's row:
 * the order is made or moved on, fulfilment is claimed once by a unique key, and the outbox hears of it.
 *
 * @param reasons why the order must be looked at; with any, it is held and not fulfilled
 */
export async function recordPayment(
  tx: Writer,
  values: OrderValues,
  fact: PaymentFact,
  reasons: string[],
  source: Source,
): Promise<Recorded> {
  const existing = await findBySession(tx, values.checkoutSessionId)
  const before = existing?.status ?? null
  const status = nextStatus(before, fact)
  const order = existing
    ? await moveOrder(tx, existing, status, values, reasons)
    : await insertOrder(tx, values, status, reasons)
  if (status === before) return { order, before, fulfilled: false }
  await addFact(tx, order.id, status, source, status === 'review' ? { reasons } : {})
  if (status === 'review') await tellReview(tx, order)
  const fulfilled = status === 'paid' && (await claimFulfilment(tx, order, source))
  return { order, before, fulfilled }
}

async function findBySession(tx: Writer, checkoutSessionId: string): Promise<Order | undefined> {
  const [order] = await tx.select().from(orders).where(eq(orders.checkoutSessionId, checkoutSessionId))
  return order
}

async function insertOrder(tx: Writer, values: OrderValues, status: Order['status'], reasons: string[]) {
  const [order] = await tx
    .insert(orders)
    .values({
      ...values,
      id: newId('ord'),
      number: newOrderNumber(),
      receiptToken: newToken(),
      status,
      reviewReasons: status === 'review' ? reasons : [],
    })
    .returning()
  return order as Order
}

async function moveOrder(
  tx: Writer,
  order: Order,
  status: Order['status'],
  {
    paymentMethod,
    paymentIntentId,
    subscriptionId,
    customerId,
    amountTotal,
    presentmentAmount,
    presentmentCurrency,
  }: OrderValues,
  reasons: string[],
): Promise<Order> {
  if (status === order.status) return order
  const [moved] = await tx
    .update(orders)
    .set({
      status,
      paymentMethod,
      paymentIntentId,
      subscriptionId,
      customerId,
      amountTotal,
      presentmentAmount,
      presentmentCurrency,
      updatedAt: sql`now()`,
      ...(status === 'review' && { reviewReasons: reasons }),
    })
    .where(and(eq(orders.id, order.id), eq(orders.status, order.status)))
    .returning()
  if (!moved) throw new Error(`order ${order.id} moved although its session was locked`)
  return moved
}

/**
 * Lets an order that is held go on, in the caller's transaction, which holds the locks on it and on its session's row:
 * fulfilment is claimed as for any other.
 * @param amountTotal what was taken for it, minor units
 * @param by whoever decided it, for the order's story
 */
export async function acceptHeld(
  tx: Writer,
  order: Order,
  { amountTotal, by }: { amountTotal: number; by: string },
): Promise<void> {
  const status = nextStatus(order.status, 'accepted')
  const [accepted] = await tx
    .update(orders)
    .set({ status, amountTotal, reviewReasons: [], updatedAt: sql`now()` })
    .where(and(eq(orders.id, order.id), eq(orders.status, 'review')))
    .returning()
  if (!accepted) throw new Error(`order ${order.id} moved although it was locked`)
  await addFact(tx, order.id, 'accepted', 'dashboard', { by, reasons: order.reviewReasons })
  await claimFulfilment(tx, accepted, 'dashboard')
}

/** Its own type: what says `completed` and `paid` is taken for leave to ship by code written for Stripe. */
async function tellReview(tx: Writer, order: Order): Promise<void> {
  await emitEvent(tx, {
    type: 'order.review',
    factKey: `order.review:${order.id}`,
    object: { ...orderResource(order), review_reasons: order.reviewReasons },
  })
}

/** Only the transaction that inserts the claim fulfils; any other finds it taken. */
async function claimFulfilment(tx: Writer, order: Order, source: Source): Promise<boolean> {
  const claimed = await tx
    .insert(fulfillments)
    .values({ checkoutSessionId: order.checkoutSessionId, orderId: order.id, source })
    .onConflictDoNothing()
    .returning({ orderId: fulfillments.orderId })
  if (claimed.length === 0) return false
  const [fulfilled] = await tx
    .update(orders)
    .set({ fulfilledAt: sql`now()` })
    .where(eq(orders.id, order.id))
    .returning()
  await addFact(tx, order.id, 'fulfilled', source, {})
  await emitEvent(tx, {
    type: 'order.fulfilled',
    factKey: `order.fulfilled:${order.id}`,
    object: orderResource(fulfilled as Order),
  })
  return true
}
