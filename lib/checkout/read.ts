import type Stripe from 'stripe'
import { storable } from '@/lib/storable'
import { callStripe } from '@/lib/stripe/calls'

export type StripeSession = { session: Stripe.Checkout.Session; lines: Stripe.LineItem[] }

/** A session and all its line items as Stripe has them now: the truth about money. */
export async function readSession(stripeSessionId: string): Promise<StripeSession> {
  const session = await callStripe('checkout.sessions.retrieve', (stripe, options) =>
    stripe.checkout.sessions.retrieve(
      stripeSessionId,
      { expand: ['line_items', 'payment_intent.payment_method'] },
      options,
    ),
  )
  const first = session.line_items
  if (first && !first.has_more) return storable({ session, lines: first.data })
  const lines = await callStripe('checkout.sessions.listLineItems', (stripe, options) =>
    stripe.checkout.sessions
      .listLineItems(stripeSessionId, { limit: 100 }, options)
      .autoPagingToArray({ limit: 1000 }),
  )
  return storable({ session, lines })
}
