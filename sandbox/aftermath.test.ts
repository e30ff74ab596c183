import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, startBench } from './testing/bench'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

async function paid(): Promise<string> {
  const { id } = await bench.session()
  await bench.pay(id)
  return (await bench.stripe.checkout.sessions.retrieve(id)).payment_intent as string
}

async function types(subject: string): Promise<string[]> {
  const { data } = await bench.stripe.events.list({ limit: 100 })
  return data.filter((event) => JSON.stringify(event).includes(subject)).map(({ type }) => type)
}

test('a refund that fails is taken out of the charge again', async () => {
  const payment = await paid()
  const refund = await bench.stripe.refunds.create({ payment_intent: payment, amount: 500 })
  expect((await bench.post(`/_sandbox/refunds/${refund.id}/fail`)).status).toBe(200)
  const { data } = await bench.stripe.charges.list({ payment_intent: payment })
  expect(data[0]).toMatchObject({ amount_refunded: 0, refunded: false })
  expect(await bench.stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'failed' })
  expect(await types(refund.id)).toEqual(expect.arrayContaining(['refund.failed', 'charge.refund.updated']))
  expect((await bench.post(`/_sandbox/refunds/${refund.id}/fail`)).status).toBe(400)
})

test('a dispute moves to any status and tells it', async () => {
  const payment = await paid()
  const { body } = await bench.post(`/_sandbox/payment_intents/${payment}/dispute`)
  for (const status of ['under_review', 'made_up', 'won']) {
    await bench.post(`/_sandbox/disputes/${body.id}`, { status })
    expect(await bench.stripe.disputes.retrieve(String(body.id))).toMatchObject({ status })
  }
  expect(await types(String(body.id))).toEqual(
    expect.arrayContaining([
      'charge.dispute.updated',
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
    ]),
  )
})

test('a subscription has an invoice for its first payment and one for each period', async () => {
  const price = await bench.stripe.prices.create({
    currency: 'eur',
    unit_amount: 1450,
    recurring: { interval: 'month' },
    product_data: { name: 'A shelf' },
  })
  const { id } = await bench.session({
    mode: 'subscription',
    line_items: [{ price: price.id, quantity: 1 }],
  })
  await bench.pay(id)
  const { subscription, invoice } = await bench.stripe.checkout.sessions.retrieve(id)
  const sub = subscription as string
  expect(await bench.stripe.invoices.retrieve(invoice as string)).toMatchObject({
    status: 'paid',
    billing_reason: 'subscription_create',
    amount_paid: 1450,
  })
  await bench.post(`/_sandbox/subscriptions/${sub}/renew`, { outcome: 'failed' })
  expect(await bench.stripe.subscriptions.retrieve(sub)).toMatchObject({ status: 'past_due' })
  await bench.post(`/_sandbox/subscriptions/${sub}/renew`)
  expect(await bench.stripe.subscriptions.retrieve(sub)).toMatchObject({ status: 'active' })
  const { data } = await bench.stripe.invoices.list({ subscription: sub, expand: ['data.payments'] })
  expect(data.map((each) => [each.status, each.billing_reason, each.attempt_count])).toEqual([
    ['paid', 'subscription_cycle', 2],
    ['paid', 'subscription_create', 1],
  ])
  const payment = data[0]?.payments?.data[0]?.payment.payment_intent as string
  const found = await bench.stripe.invoicePayments.list({
    payment: { type: 'payment_intent', payment_intent: payment },
  })
  expect(found.data[0]?.invoice).toBe(data[0]?.id)
  await bench.post(`/_sandbox/subscriptions/${sub}/cancel`)
  expect(await bench.stripe.subscriptions.retrieve(sub)).toMatchObject({ status: 'canceled' })
  expect((await bench.post(`/_sandbox/subscriptions/${sub}/renew`)).status).toBe(400)
})

test('a session can be made to say what it would not', async () => {
  const { id } = await bench.session()
  await bench.pay(id)
  await bench.post(`/_sandbox/checkout_sessions/${id}/tamper`, {
    session: { amount_total: 1 },
    line_items: [],
  })
  const session = await bench.stripe.checkout.sessions.retrieve(id, { expand: ['line_items'] })
  expect([session.amount_total, session.line_items?.data]).toEqual([1, []])
})
