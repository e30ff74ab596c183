import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findOrder } from '@/lib/orders/order-details'
import { refundOrder } from '@/lib/orders/refund-order'
import { sharedStack } from '../support/api'
import { Buyer, eventually } from '../support/buyer'
import { joinStack } from '../support/domain'
import { deliver } from '../support/events'

const stack = sharedStack()
const { sandbox, sql } = stack
joinStack(stack)

beforeAll(() => sandbox.webhooks({ action: 'drop' }))
afterAll(() => sandbox.clearWebhooks())

type StripeEvent = { id: string; type: string; data: { object: Record<string, unknown> } }

async function control(path: string, body: object = {}) {
  const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
}

/** Sends every event of these types that names the subscription, newest first, and waits for the work. */
async function tell(subscription: string, types: string[]) {
  const { events } = await sandbox.ledger<{ events: StripeEvent[] }>()
  const mine = events.filter(
    (event) => types.includes(event.type) && JSON.stringify(event).includes(subscription),
  )
  for (const event of mine.reverse()) await deliver(stack, JSON.stringify(event))
  await eventually(async () => {
    const ids = mine.map(({ id }) => id)
    const rows = await sql`select 1 from stripe_events where state = 'pending' and id in ${sql(ids)}`
    return rows.length === 0 ? true : null
  })
  return mine.length
}

async function subscribe(method: 'card' | 'sepa_debit' = 'card') {
  const { id } = await new Buyer(stack).open('northlight-monthly')
  await sandbox.pay(id, { payment_method: method, email: 'jenny@example.com' })
  const { subscription } = await sandbox.stripe.checkout.sessions.retrieve(id)
  return { session: id, subscription: subscription as string }
}

async function orderOf(session: string) {
  const [row] = await sql`select id from orders where stripe_session_id = ${session}`
  const order = await findOrder(row?.id)
  if (!order) throw new Error(`${session} has no order`)
  return order
}

// Mutants: count the first invoice twice; count an invoice that is not paid; believe the event's amount.
test('renewals are recorded once each, and the first invoice is the checkout', async () => {
  const { session, subscription } = await subscribe()
  // The invoice's event may come before that of the session: the order is made all the same.
  await tell(subscription, ['invoice.paid'])
  expect(await orderOf(session)).toMatchObject({
    status: 'paid',
    amountRenewed: 0,
    subscriptionStatus: 'active',
  })

  await control(`subscriptions/${subscription}/renew`, { outcome: 'failed' })
  await tell(subscription, ['invoice.payment_failed', 'customer.subscription.updated'])
  expect(await orderOf(session)).toMatchObject({ amountRenewed: 0, subscriptionStatus: 'past_due' })

  await control(`subscriptions/${subscription}/renew`)
  await control(`subscriptions/${subscription}/renew`)
  await tell(subscription, ['invoice.paid', 'customer.subscription.updated'])
  const renewed = await orderOf(session)
  expect(renewed).toMatchObject({ amountRenewed: 2900, net: 4350, subscriptionStatus: 'active' })
  const kinds = renewed.facts.map(({ kind }) => kind.split(':')[0])
  expect(kinds.filter((kind) => kind === 'renewed')).toHaveLength(2)
  expect(kinds.filter((kind) => kind === 'renewal_failed')).toHaveLength(1)

  await control(`subscriptions/${subscription}/cancel`)
  await tell(subscription, ['customer.subscription.deleted', 'invoice.paid'])
  expect(await orderOf(session)).toMatchObject({ net: 4350, subscriptionStatus: 'canceled' })
})

test('a refund of a renewal is found by its invoice, even before the invoice is told', async () => {
  const { session, subscription } = await subscribe()
  await tell(subscription, ['checkout.session.completed'])
  await control(`subscriptions/${subscription}/renew`)
  const { data } = await sandbox.stripe.invoices.list({ subscription, expand: ['data.payments'] })
  const payment = data[0]?.payments?.data[0]?.payment.payment_intent as string
  await control(`payment_intents/${payment}/refund`, { amount: 400 })
  await tell(payment, ['charge.refunded'])
  const order = await orderOf(session)
  expect(order).toMatchObject({ amountRenewed: 1450, amountRefunded: 400, net: 2500 })
  // Mutant: the checkout's payment can no longer be given back in full.
  expect(order.refundable).toBe(1450)
  expect(await refundOrder(order.id)).toMatchObject({ amountRefunded: 1850 })
  expect((await orderOf(session)).refundable).toBe(0)
})

/** Ends the debit of a subscription's first invoice, as the bank does days later. */
async function endDebit(subscription: string, outcome: 'succeed' | 'fail') {
  const { data } = await sandbox.stripe.invoices.list({ subscription, expand: ['data.payments'] })
  await sandbox.settleDebit(data.at(-1)?.payments?.data[0]?.payment.payment_intent as string, outcome)
}

describe('a subscription that begins with a debit', () => {
  beforeAll(() => sandbox.debits({ succeed_after: 1_000_000, delayed_after: 1_000_000 }))
  afterAll(() => sandbox.debits({}))

  // Mutant: the session names no payment intent, so the payment is taken to be on its way for ever.
  test('fails with it, and is had after all when a later try collects the invoice', async () => {
    const { session, subscription } = await subscribe('sepa_debit')
    await tell(session, ['checkout.session.completed'])
    expect(await orderOf(session)).toMatchObject({ status: 'pending', net: 0 })
    await endDebit(subscription, 'fail')
    await tell(session, ['checkout.session.async_payment_failed'])
    expect(await orderOf(session)).toMatchObject({ status: 'failed', net: 0 })
    const types = () =>
      sql`select type from events where data->'object'->>'id' = ${session} order by created_at`
    expect((await types()).map(({ type }) => type)).toEqual([
      'checkout.session.completed',
      'checkout.session.async_payment_failed',
    ])
    await control(`subscriptions/${subscription}/renew`)
    await endDebit(subscription, 'succeed')
    await tell(subscription, ['invoice.paid'])
    expect(await orderOf(session)).toMatchObject({ status: 'paid', net: 1450, amountRenewed: 0 })
    const [last] = await sql`
      select data->'object'->>'payment_status' as payment from events
      where data->'object'->>'id' = ${session} and type = 'checkout.session.async_payment_succeeded'`
    expect(last?.payment).toBe('paid')
  })

  test('hears of it from the invoice alone', async () => {
    const { session, subscription } = await subscribe('sepa_debit')
    await tell(session, ['checkout.session.completed'])
    await endDebit(subscription, 'fail')
    await tell(subscription, ['invoice.payment_failed'])
    expect(await orderOf(session)).toMatchObject({ status: 'failed' })
  })
})
