import type Stripe from 'stripe'
import { followPrice, followProduct } from '@/lib/catalog/follow'
import { followFailedPayment, followSession } from './follow-session'
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
  'payment_intent.payment_failed': followFailedPayment,
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
