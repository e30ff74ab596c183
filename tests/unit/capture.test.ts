import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { amountTaken } from '@/lib/checkout/capture'

const session = { amount_total: 2800, currency: 'eur' } as Stripe.Checkout.Session
const payment = (change: object) =>
  ({
    capture_method: 'manual',
    status: 'succeeded',
    currency: 'eur',
    amount_received: 2000,
    ...change,
  }) as Stripe.PaymentIntent

// Mutants: what was authorised counts as had; a payment shown in the buyer's currency is taken for ours.
test.each([
  ['a part captured by hand', {}, 2000],
  ['all of it captured', { amount_received: 2800 }, 2800],
  ['not captured yet', { status: 'requires_capture', amount_received: 0 }, 2800],
  ['taken at once', { capture_method: 'automatic_async', amount_received: 1 }, 2800],
  ['in another currency', { currency: 'usd' }, 2800],
])('%s', (_what, change, amount) => {
  expect(amountTaken({ session, payment: payment(change) })).toBe(amount)
})

test('without a payment, as of a free order, it is the total', () => {
  expect(amountTaken({ session, payment: null })).toBe(2800)
})
