/** Every type of event this application tells of; what an endpoint can choose from. */
export const eventTypes = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_link.created',
  'payment_link.updated',
  'charge.refunded',
  'order.fulfilled',
  'order.review',
  'order.refunded',
  'order.disputed',
] as const

export type EventType = (typeof eventTypes)[number]
