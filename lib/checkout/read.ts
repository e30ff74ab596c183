import type Stripe from 'stripe'
import { invoicePayment } from '@/lib/orders/read-money'
import { storable } from '@/lib/storable'
import { NoAnswer } from '@/lib/stripe/answers'
import { callStripe } from '@/lib/stripe/calls'

export type StripeSession = {
  session: Stripe.Checkout.Session
  lines: Stripe.LineItem[]
  /** What it is paid with. Of a subscription, whose session names none, only while it is unpaid. */
  payment: Stripe.PaymentIntent | null
}

/** A session and all its line items as Stripe has them now: the truth about money. */
export async function readSession(stripeSessionId: string): Promise<StripeSession> {
  const session = await callStripe('checkout.sessions.retrieve', async (stripe, options) => {
    const expand = [
      'line_items',
      'payment_intent.payment_method',
      'subscription.default_payment_method',
      // Four levels are the most Stripe expands: the payment itself lies deeper.
      'invoice.payments',
    ]
    const found = await stripe.checkout.sessions.retrieve(stripeSessionId, { expand }, options)
    if (!isWhole(found)) throw new NoAnswer('Stripe’s answer about a session is not complete.')
    return found
  })
  const payment = await paymentOf(session)
  const first = session.line_items
  if (first && !first.has_more) return storable({ session, lines: first.data, payment })
  const lines = await callStripe('checkout.sessions.listLineItems', (stripe, options) =>
    stripe.checkout.sessions
      .listLineItems(stripeSessionId, { limit: 100 }, options)
      .autoPagingToArray({ limit: 1000 }),
  )
  return storable({ session, lines, payment })
}

/** A subscription's session leaves the payment to its first invoice. */
async function paymentOf(session: Stripe.Checkout.Session): Promise<Stripe.PaymentIntent | null> {
  const { mode, payment_status, payment_intent: intent, invoice } = session
  if (intent && typeof intent === 'object') return intent
  if (mode !== 'subscription' || payment_status !== 'unpaid' || !invoice || typeof invoice === 'string') {
    return null
  }
  const id = invoicePayment(invoice)
  if (!id) return null
  return callStripe('paymentIntents.retrieve', (stripe, options) =>
    stripe.paymentIntents.retrieve(id, {}, options),
  )
}

/** An answer that lacks what decides about money is no answer: nothing is held or fulfilled on its word. */
function isWhole({ id, status, payment_status, currency, amount_total }: Stripe.Checkout.Session): boolean {
  const words = [id, status, payment_status, currency]
  return words.every((word) => typeof word === 'string') && typeof amount_total === 'number'
}
