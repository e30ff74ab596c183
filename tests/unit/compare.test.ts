import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { asPaid, differences, paymentFact } from '@/lib/checkout/compare'

const row = {
  id: 'cks_1',
  livemode: false,
  linkId: 'plink_1',
  linkVersion: 3,
  clientReferenceId: 'cart_42',
  stripeSessionId: 'cs_test_1',
  chosenAmounts: [],
  snapshot: {
    mode: 'payment' as const,
    currency: 'eur',
    items: [
      { price: 'price_book', name: 'Book', unit_amount: 2800, quantity: 1, minimum: 1, maximum: 10 },
      { price: 'price_seat', name: 'Seat', unit_amount: 1800, quantity: 1, minimum: 1, maximum: 1 },
    ],
  },
}

const line = (price: string, quantity: number, amount_subtotal: number) =>
  ({
    id: `li_${price}`,
    price: { id: price },
    quantity,
    amount_subtotal,
    amount_discount: 0,
    amount_total: amount_subtotal,
  }) as Stripe.LineItem

const lines = [line('price_book', 2, 5600), line('price_seat', 1, 1800)]

const session = {
  id: 'cs_test_1',
  livemode: false,
  mode: 'payment',
  currency: 'eur',
  amount_subtotal: 7400,
  amount_total: 7400,
  client_reference_id: 'cart_42',
  metadata: { buylink_session: 'cks_1', buylink_link: 'plink_1', buylink_version: '3' },
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
} as unknown as Stripe.Checkout.Session

const changed = (change: object) => ({ ...session, ...change }) as Stripe.Checkout.Session

test('the session that was opened is what was offered', () => {
  expect(differences(row, session, lines)).toEqual([])
})

// Each is a mutant of its own: leave one comparison out and its row fails.
describe('one changed field is found', () => {
  test.each([
    ['total one less', { amount_total: 7399 }, lines],
    ['total one more', { amount_total: 7401 }, lines],
    ['subtotal', { amount_subtotal: 7399 }, lines],
    ['currency', { currency: 'usd' }, lines],
    ['mode', { mode: 'subscription' }, lines],
    ['livemode', { livemode: true }, lines],
    ['another session', { id: 'cs_test_2' }, lines],
    ['link', { metadata: { ...session.metadata, buylink_link: 'plink_2' } }, lines],
    ['link version', { metadata: { ...session.metadata, buylink_version: '2' } }, lines],
    ['our session', { metadata: { ...session.metadata, buylink_session: 'cks_2' } }, lines],
    ['reference', { client_reference_id: 'cart_43' }, lines],
    ['discount', { total_details: { amount_discount: 1, amount_shipping: 0, amount_tax: 0 } }, lines],
    ['quantity above the bound', {}, [line('price_book', 11, 30_800), line('price_seat', 1, 1800)]],
    ['quantity of a fixed item', {}, [line('price_book', 2, 5600), line('price_seat', 2, 3600)]],
    ['another price', {}, [line('price_cheap', 2, 5600), line('price_seat', 1, 1800)]],
    ['cheaper line', {}, [line('price_book', 2, 5599), line('price_seat', 1, 1800)]],
    ['missing line', {}, [line('price_book', 2, 5600)]],
    ['item twice', {}, [...lines, line('price_seat', 1, 1800)]],
    ['shipping', { total_details: { amount_discount: 0, amount_shipping: 1, amount_tax: 0 } }, lines],
    ['tax', { total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 1 } }, lines],
  ])('%s', (_what, change, items) => {
    expect(differences(row, changed(change), items)).not.toEqual([])
  })
})

describe('paymentFact', () => {
  const fact = (payment_status: string, intent: string | null) =>
    paymentFact({
      session: changed({ payment_status }),
      payment: intent === null ? null : ({ status: intent } as Stripe.PaymentIntent),
    })

  test('tells paid, on its way and failed apart', () => {
    expect(fact('paid', 'succeeded')).toBe('paid')
    expect(fact('no_payment_required', null)).toBe('paid')
    expect(fact('unpaid', 'processing')).toBe('processing')
    expect(fact('unpaid', 'requires_capture')).toBe('processing')
    expect(fact('unpaid', null)).toBe('processing')
    expect(fact('unpaid', 'requires_payment_method')).toBe('payment_failed')
    expect(fact('unpaid', 'canceled')).toBe('payment_failed')
    expect(fact('unpaid', 'succeeded')).toBe('paid')
  })

  // Mutants: a subscription, whose session names no payment, is on its way for ever; a purchase's invoice decides.
  test.each([
    ['open', 'active', 'processing', 'processing'],
    ['open', 'past_due', 'requires_payment_method', 'payment_failed'],
    ['open', 'incomplete_expired', null, 'payment_failed'],
    ['void', 'incomplete_expired', 'canceled', 'payment_failed'],
    ['uncollectible', 'past_due', 'processing', 'payment_failed'],
    ['paid', 'active', 'requires_payment_method', 'paid'],
    ['open', 'incomplete', null, 'processing'],
  ])('of a subscription with invoice %s, itself %s, payment %s is %s', (bill, status, intent, expected) => {
    const session = changed({
      mode: 'subscription',
      payment_status: 'unpaid',
      invoice: { status: bill },
      subscription: { status },
    })
    const payment = intent === null ? null : ({ status: intent } as Stripe.PaymentIntent)
    expect(paymentFact({ session, payment })).toBe(expected)
    const bought = { ...session, mode: 'payment' as const, subscription: null }
    if (bill === 'paid') expect(paymentFact({ session: bought, payment })).toBe('payment_failed')
  })

  test('what came by an invoice or a capture is told as paid', () => {
    const found = { session: changed({ payment_status: 'unpaid' }) }
    expect(asPaid(found).session.payment_status).toBe('paid')
    const free = { session: changed({ payment_status: 'no_payment_required' }) }
    expect(asPaid(free)).toBe(free)
  })
})
