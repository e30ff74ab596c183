import type Stripe from 'stripe'
import type { SnapshotItem } from '@/db/types'
import type { PaymentFact } from '@/lib/orders/status'
import { compareExtras } from './compare-extras'
import type { CheckoutSession } from './open'
import type { StripeSession } from './read'
import { itemOf } from './snapshot'

type Expected = Pick<
  CheckoutSession,
  | 'id'
  | 'livemode'
  | 'linkId'
  | 'linkVersion'
  | 'clientReferenceId'
  | 'snapshot'
  | 'stripeSessionId'
  | 'chosenAmounts'
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
  const extras = compareExtras(snapshot, session, lines, found)
  expect('subtotal', session.amount_subtotal, subtotal)
  expect('total', session.amount_total, subtotal + extras)
  return found
}

/** Checks the items against the snapshot and returns what they must add up to, in minor units. */
function compareItems(row: Expected, lines: Stripe.LineItem[], found: string[]): number {
  const seen = new Set<string>()
  let sum = 0
  for (const line of lines) {
    const item = itemOf(row.snapshot, line)
    if (!item || seen.has(item.price)) {
      found.push(`item ${line.price?.id ?? line.id} was not offered`)
      continue
    }
    seen.add(item.price)
    const quantity = line.quantity ?? 0
    if (quantity < item.minimum || quantity > item.maximum) {
      found.push(`quantity of ${item.name} is ${quantity} instead of ${item.minimum} to ${item.maximum}`)
    }
    const amount = amountOf(item, line, row, found) * quantity
    // What a trial postpones may stand in its line; it is not in the sum.
    if (line.amount_subtotal !== amount && !(item.trial && line.amount_subtotal === 0)) {
      found.push(`amount of ${item.name} is ${line.amount_subtotal} instead of ${amount}`)
    }
    if (!item.trial) sum += amount
  }
  for (const item of row.snapshot.items) {
    if (!seen.has(item.price) && item.minimum > 0 && !item.optional) found.push(`${item.name} is missing`)
  }
  return sum
}

/** What one of an item must cost: where the buyer chooses, an amount that was allowed and lies in the bounds. */
function amountOf(
  { name, unit_amount, chosen }: SnapshotItem,
  { price }: Stripe.LineItem,
  { chosenAmounts }: Expected,
  found: string[],
): number {
  if (!chosen) return unit_amount
  const amount = price?.unit_amount ?? 0
  const allowed = chosenAmounts.length > 0 ? chosenAmounts : [unit_amount]
  if (!allowed.includes(amount) || amount < chosen.minimum || amount > chosen.maximum) {
    found.push(`amount of ${name} is ${amount} instead of ${allowed.join(' or ')}`)
  }
  return amount
}

/**
 * What a completed session says of its payment now. Stripe keeps a failed delayed payment `complete` and
 * `unpaid`; only the payment intent tells it from one that is still on its way. A subscription's is that of its first
 * invoice, which is given up on with it (Stripe, subscription statuses).
 */
export function paymentFact({
  session,
  payment,
}: Pick<StripeSession, 'session' | 'payment'>): Exclude<PaymentFact, 'mismatch'> {
  if (session.payment_status !== 'unpaid') return 'paid'
  const { invoice, subscription } = session
  const bill =
    session.mode === 'subscription' && invoice && typeof invoice === 'object' ? invoice.status : null
  if (bill === 'paid' || payment?.status === 'succeeded') return 'paid'
  if (bill === 'void' || bill === 'uncollectible') return 'payment_failed'
  if (payment) return failed.has(payment.status) ? 'payment_failed' : 'processing'
  const isOver = subscription && typeof subscription === 'object' && ended.has(subscription.status)
  return isOver ? 'payment_failed' : 'processing'
}

const failed = new Set<string>(['requires_payment_method', 'canceled'])
const ended = new Set<string>(['incomplete_expired', 'canceled'])

/** What Stripe's session says of its payment may lag behind the money of an invoice or a capture. */
export function asPaid<T extends Pick<StripeSession, 'session'>>(found: T): T {
  const { session } = found
  return session.payment_status === 'unpaid'
    ? { ...found, session: { ...session, payment_status: 'paid' as const } }
    : found
}
