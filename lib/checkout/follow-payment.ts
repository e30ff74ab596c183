import { eq } from 'drizzle-orm'
import type Stripe from 'stripe'
import { db } from '@/db/client'
import { checkoutSessions, orders } from '@/db/schema'
import { findOrderByPayment, findOrderBySubscription } from '@/lib/orders/find'
import { followMoney } from '@/lib/orders/follow-money'
import { callStripe } from '@/lib/stripe/calls'
import type { ReceivedEvent } from './received-event'
import { idOf } from './resource'
import { settleCheckout } from './settle'
import { subscriptionOfInvoice, subscriptionOfPayment } from './subscription-of'

type Reference = string | { id: string } | null | undefined

const foreignPayment = 'the payment was not made through this application'
const foreignSubscription = 'the subscription was not sold by this application'

/** A refund or a dispute: whatever it says, what Stripe has of that payment now is written down. */
export async function followPayment({ data }: ReceivedEvent): Promise<string | null> {
  const object = data.object as {
    object?: string
    id?: string
    payment_intent?: Reference
    charge?: Reference
  }
  const payment = idOf(object.payment_intent) ?? (await paymentOfCharge(idOf(object.charge)))
  if (!payment) return foreignPayment
  const order = (await findOrderByPayment(payment)) ?? (await orderOfPayment(payment))
  if (!order) return foreignPayment
  await followMoney(order, 'webhook', { payment })
  return null
}

/** An invoice or a subscription: the renewals and the state of the subscription are written down. */
export async function followSubscription({ data }: ReceivedEvent): Promise<string | null> {
  const object = data.object as unknown as Stripe.Invoice | Stripe.Subscription
  const subscription = object.object === 'subscription' ? object.id : subscriptionOfInvoice(object)
  if (!subscription) return 'the invoice is of no subscription'
  const order = await orderOfSubscription(subscription)
  if (!order) return foreignSubscription
  await settleWaiting(order)
  await followMoney(order, 'webhook', 'subscription')
  return null
}

/** The first invoice decides about an order that waits for its money, or got it at a later try. */
async function settleWaiting(orderId: string): Promise<void> {
  const [order] = await db()
    .select({ status: orders.status, session: orders.stripeSessionId })
    .from(orders)
    .where(eq(orders.id, orderId))
  if (order?.status === 'pending' || order?.status === 'failed')
    await settleCheckout(order.session, 'webhook')
}

async function paymentOfCharge(charge: string | null): Promise<string | null> {
  if (!charge) return null
  const found = await callStripe('charges.retrieve', (stripe, options) =>
    stripe.charges.retrieve(charge, {}, options),
  )
  return idOf(found.payment_intent)
}

/** For a payment no order names yet: it is settled first, or found by the invoice it paid. */
async function orderOfPayment(payment: string): Promise<string | null> {
  const intent = await callStripe('paymentIntents.retrieve', (stripe, options) =>
    stripe.paymentIntents.retrieve(payment, {}, options),
  )
  const ours = intent.metadata.buylink_session
  if (ours) return settledOrder(ours)
  const subscription = await subscriptionOfPayment(payment)
  return subscription ? orderOfSubscription(subscription) : null
}

async function orderOfSubscription(id: string): Promise<string | null> {
  const known = await findOrderBySubscription(id)
  if (known) return known
  const { metadata } = await callStripe('subscriptions.retrieve', (stripe, options) =>
    stripe.subscriptions.retrieve(id, {}, options),
  )
  return metadata.buylink_session ? settledOrder(metadata.buylink_session) : null
}

/**
 * The order of one of our sessions, made now where that has not happened yet.
 * @throws while the session is not complete, so that the event is tried again
 */
async function settledOrder(ours: string): Promise<string | null> {
  const [row] = await db()
    .select({ stripeId: checkoutSessions.stripeSessionId })
    .from(checkoutSessions)
    .where(eq(checkoutSessions.id, ours))
  if (!row) return null
  const settled = row.stripeId ? await settleCheckout(row.stripeId, 'webhook') : null
  if (settled?.outcome !== 'settled') throw new Error('the checkout of this payment is not complete yet')
  return settled.order.id
}
