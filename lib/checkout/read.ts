import type Stripe from 'stripe'
import { storable } from '@/lib/storable'
import { NoAnswer } from '@/lib/stripe/answers'
import { callStripe } from '@/lib/stripe/calls'

export type StripeSession = { session: Stripe.Checkout.Session; lines: Stripe.LineItem[] }

/** A session and all its line items as Stripe has them now: the truth about money. */
export async function readSession(stripeSessionId: string): Promise<StripeSession> {
  const session = await callStripe('checkout.sessions.retrieve', async (stripe, options) => {
    const expand = [
      'line_items',
      'payment_intent.payment_method',
      'subscription.default_payment_method',
      'invoice',
    ]
    const found = await stripe.checkout.sessions.retrieve(stripeSessionId, { expand }, options)
    if (!isWhole(found)) throw new NoAnswer('Stripe’s answer about a session is not complete.')
    return found
  })
  const first = session.line_items
  if (first && !first.has_more) return storable({ session, lines: first.data })
  const lines = await callStripe('checkout.sessions.listLineItems', (stripe, options) =>
    stripe.checkout.sessions
      .listLineItems(stripeSessionId, { limit: 100 }, options)
      .autoPagingToArray({ limit: 1000 }),
  )
  return storable({ session, lines })
}

/** An answer that lacks what decides about money is no answer: nothing is held or fulfilled on its word. */
function isWhole({ id, status, payment_status, currency, amount_total }: Stripe.Checkout.Session): boolean {
  const words = [id, status, payment_status, currency]
  return words.every((word) => typeof word === 'string') && typeof amount_total === 'number'
}
