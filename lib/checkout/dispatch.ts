import type Stripe from 'stripe'
import { followPrice, followProduct } from '@/lib/catalog/follow'
import { followFailure, followIntent } from './follow-charge'
import { followPayment, followSubscription } from './follow-payment'
import { followSession } from './follow-session'
import type { ReceivedEvent } from './received-event'

/**
 * Does what follows from an event.
 * @returns why nothing followed, in words for the merchant, or null
 * @throws when it has to be tried again later
 */
export type Handler = (event: ReceivedEvent) => Promise<string | null>

const handlers: Partial<Record<Stripe.Event.Type, Handler>> = {
  'checkout.session.completed': followSession,
  'checkout.session.async_payment_succeeded': followSession,
  'checkout.session.async_payment_failed': followSession,
  'checkout.session.expired': followSession,
  'payment_intent.succeeded': followIntent,
  'payment_intent.processing': followIntent,
  'payment_intent.canceled': followIntent,
  'payment_intent.payment_failed': followFailure,
  'charge.refunded': followPayment,
  'charge.refund.updated': followPayment,
  'refund.created': followPayment,
  'refund.updated': followPayment,
  'refund.failed': followPayment,
  'charge.dispute.created': followPayment,
  'charge.dispute.updated': followPayment,
  'charge.dispute.closed': followPayment,
  'charge.dispute.funds_withdrawn': followPayment,
  'charge.dispute.funds_reinstated': followPayment,
  'invoice.paid': followSubscription,
  'invoice.payment_failed': followSubscription,
  'customer.subscription.updated': followSubscription,
  'customer.subscription.deleted': followSubscription,
  'product.created': followProduct,
  'product.updated': followProduct,
  'product.deleted': followProduct,
  'price.created': followPrice,
  'price.updated': followPrice,
  'price.deleted': followPrice,
}

export function handlerOf(type: string): Handler | undefined {
  return Object.hasOwn(handlers, type) ? handlers[type as Stripe.Event.Type] : undefined
}
