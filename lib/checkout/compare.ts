import type Stripe from 'stripe'
import type { PaymentFact } from '@/lib/orders/status'
import type { CheckoutSession } from './open'

type Expected = Pick<
  CheckoutSession,
  'id' | 'livemode' | 'linkId' | 'linkVersion' | 'clientReferenceId' | 'snapshot' | 'stripeSessionId'
>

/**
 * How Stripe's session differs from what was to be charged, in words for the merchant; empty when it does not.
 * A signature proves who sent an event, not that the right thing was sold at the right price.
 */
export function differences(
  row: Expected,
  session: Stripe.Checkout.Session,
  lines: Stripe.LineItem[],
): string[] {
  const { snapshot } = row
  const found: string[] = []
  const expect = (what: string, actual: unknown, expected: unknown) => {
    if (actual !== expected) found.push(`${what} is ${String(actual)} instead of ${String(expected)}`)
  }
  expect('session', session.metadata?.buylink_session, row.id)
  if (row.stripeSessionId) expect('Stripe session', session.id, row.stripeSessionId)
  expect('livemode', session.livemode, row.livemode)
  expect('mode', session.mode, snapshot.mode)
  expect('currency', session.currency, snapshot.currency)
  expect('link', session.metadata?.buylink_link, row.linkId)
  expect('link version', session.metadata?.buylink_version, String(row.linkVersion))
  expect('client_reference_id', session.client_reference_id, row.clientReferenceId)
  const subtotal = compareItems(row, lines, found)
  const { amount_discount = 0, amount_shipping = 0, amount_tax = 0 } = session.total_details ?? {}
  expect('subtotal', session.amount_subtotal, subtotal)
  expect('discount', amount_discount, 0)
  expect('shipping', amount_shipping ?? 0, 0)
  expect('tax', amount_tax, 0)
  expect('total', session.amount_total, subtotal)
  return found
}

/** Checks the items against the snapshot and returns what they must add up to, in minor units. */
function compareItems(row: Expected, lines: Stripe.LineItem[], found: string[]): number {
  const seen = new Set<string>()
  for (const line of lines) {
    const price = line.price?.id ?? ''
    const item = row.snapshot.items.find((one) => one.price === price)
    if (!item || seen.has(price)) {
      found.push(`item ${price || line.id} was not offered`)
      continue
    }
    seen.add(price)
    const quantity = line.quantity ?? 0
    if (quantity < item.minimum || quantity > item.maximum) {
      found.push(`quantity of ${item.name} is ${quantity} instead of ${item.minimum} to ${item.maximum}`)
    }
    if (line.amount_subtotal !== item.unit_amount * quantity) {
      found.push(
        `amount of ${item.name} is ${line.amount_subtotal} instead of ${item.unit_amount * quantity}`,
      )
    }
  }
  for (const item of row.snapshot.items) {
    if (!seen.has(item.price) && item.minimum > 0) found.push(`${item.name} is missing`)
  }
  return lines.reduce((total, line) => {
    const item = row.snapshot.items.find((one) => one.price === line.price?.id)
    return total + (item ? item.unit_amount * (line.quantity ?? 0) : 0)
  }, 0)
}

/**
 * What a completed session says of its payment now. Stripe keeps a failed delayed payment `complete` and
 * `unpaid`; only the payment intent tells it from one that is still on its way.
 */
export function paymentFact(session: Stripe.Checkout.Session): Exclude<PaymentFact, 'mismatch'> {
  if (session.payment_status !== 'unpaid') return 'paid'
  const intent = session.payment_intent
  const status = intent && typeof intent === 'object' ? intent.status : 'processing'
  return status === 'requires_payment_method' || status === 'canceled' ? 'payment_failed' : 'processing'
}
