import type Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sessionView } from './browser/host/session-view'
import type { PageState } from './browser-api'
import { type Bench, lineOf, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
beforeEach(() => bench.post('/_sandbox/reset'))
afterAll(() => bench.close())

const day = 86_400
const monthly = {
  quantity: 1,
  price_data: {
    currency: 'eur',
    unit_amount: 1450,
    product_data: { name: 'A shelf' },
    recurring: { interval: 'month' },
  },
} as const

type Create = Partial<Stripe.Checkout.SessionCreateParams>
const open = (change: Create = {}) =>
  bench.session({ mode: 'subscription', line_items: [monthly], ...change })

async function subscribe(change: Create = {}, body: object = {}) {
  const { id } = await open(change)
  const paid = await bench.pay(id, body)
  expect(paid.status, JSON.stringify(paid.body)).toBe(200)
  const session = await bench.stripe.checkout.sessions.retrieve(id)
  return { session, id: session.subscription as string }
}

const find = (id: string) => bench.stripe.subscriptions.retrieve(id)
const invoicesOf = async (subscription: string) =>
  (await bench.stripe.invoices.list({ subscription })).data.reverse()
const advance = (days: number) => bench.post('/_sandbox/clock', { advance: days * day })
const told = async (subscription: string) => {
  const { data } = await bench.stripe.events.list({ limit: 100 })
  const mine = data.filter((event) => JSON.stringify(event.data.object).includes(subscription))
  return mine.map(({ type }) => type).reverse()
}

async function viewOf(session: Stripe.Checkout.Session) {
  const { body } = await bench.post(`/_js/checkout_sessions/${session.id}/retrieve`, {
    client_secret: session.client_secret,
    key: 'pk_test_1',
  })
  return sessionView(body as unknown as PageState, 'en', false)
}

test('all that repeats in a basket has one rhythm', async () => {
  const yearly = {
    ...monthly,
    price_data: { ...monthly.price_data, recurring: { interval: 'year' as const } },
  }
  await expect(open({ line_items: [monthly, yearly] })).rejects.toMatchObject({ param: 'line_items' })
})

test('a mixed basket is paid at once, and only what repeats comes back', async () => {
  const session = await open({ line_items: [monthly, lineOf(4900)] })
  expect(session).toMatchObject({ amount_total: 6350, subscription: null, invoice: null })
  const { recurring, total } = await viewOf(session)
  // Mutant: the one-time item is counted among what is due next.
  expect([total.total.minorUnitsAmount, recurring?.dueNext.total.minorUnitsAmount]).toEqual([6350, 1450])
  await bench.pay(session.id)
  const done = await bench.stripe.checkout.sessions.retrieve(session.id)
  const id = done.subscription as string
  expect((await find(id)).items.data).toHaveLength(1)
  await advance(32)
  const invoices = await invoicesOf(id)
  expect(invoices.map(({ billing_reason, status, total: due }) => [billing_reason, status, due])).toEqual([
    ['subscription_create', 'paid', 6350],
    ['subscription_cycle', 'paid', 1450],
  ])
  expect(invoices[0]?.id).toBe(done.invoice)
  expect(invoices[0]?.lines.data.map(({ amount, parent }) => [amount, parent?.type])).toEqual([
    [1450, 'subscription_item_details'],
    [4900, 'invoice_item_details'],
  ])
})

describe('a trial', () => {
  test('takes the card now and the money when it ends', async () => {
    const session = await open({ subscription_data: { trial_period_days: 14 } })
    const { recurring, total } = await viewOf(session)
    expect(recurring).toMatchObject({
      trial: { trialPeriodDays: 14 },
      dueNext: { total: { amount: '€14.50' } },
    })
    expect(total.total.minorUnitsAmount).toBe(0)
    // Mutant: a trial that wants a card lets a buyer through without one.
    expect((await bench.pay(session.id, { payment_method: 'none' })).body.error).toMatchObject({
      param: 'payment_method',
    })
    await bench.pay(session.id)
    const done = await bench.stripe.checkout.sessions.retrieve(session.id)
    expect(done).toMatchObject({ status: 'complete', payment_status: 'no_payment_required' })
    const id = done.subscription as string
    expect(await find(id)).toMatchObject({ status: 'trialing', default_payment_method: expect.any(String) })
    await advance(14)
    expect(await find(id)).toMatchObject({ status: 'active' })
    expect((await invoicesOf(id)).map(({ amount_paid }) => amount_paid)).toEqual([0, 1450])
  })

  test('with 3-D Secure is authenticated before it begins, and charged without the buyer later', async () => {
    const change = { subscription_data: { trial_period_days: 3 } }
    const session = await open(change)
    const asked = await bench.pay(session.id, { number: '4000002500003155', action: 'leave' })
    expect(asked.body).toMatchObject({ next_action: { type: 'authenticate' }, session: { status: 'open' } })
    const { searchParams } = new URL((asked.body.next_action as { url: string }).url)
    const answer = { client_secret: searchParams.get('client_secret'), outcome: 'complete' }
    const { body } = await bench.post(`/_js/authenticate/${searchParams.get('setup_intent')}`, answer)
    // Mutant: the step belongs to a setup of its own, and the session stays open.
    expect(body).toMatchObject({ session: { status: 'complete' }, last_payment_error: null })
    const { id } = await subscribe(change, { number: '4000002500003155' })
    await advance(4)
    expect(await find(id)).toMatchObject({ status: 'active' })
  })

  test.each([
    ['cancel', 'canceled'],
    ['pause', 'paused'],
    ['create_invoice', 'past_due'],
  ] as const)('without a card ends with %s: %s', async (missing_payment_method, status) => {
    const { session, id } = await subscribe(
      {
        payment_method_collection: 'if_required',
        subscription_data: {
          trial_period_days: 7,
          trial_settings: { end_behavior: { missing_payment_method } },
        },
      },
      { payment_method: 'none' },
    )
    expect(session).toMatchObject({ payment_status: 'no_payment_required', setup_intent: null })
    await advance(7)
    expect((await find(id)).status).toBe(status)
  })

  test('to a given day needs two days, and not a number of days beside it', async () => {
    const trial_end = Math.floor(Date.now() / 1000) + 10 * day
    const { id } = await subscribe({ subscription_data: { trial_end } })
    expect((await find(id)).trial_end).toBe(trial_end)
    for (const data of [{ trial_end: trial_end - 9 * day }, { trial_end, trial_period_days: 3 }]) {
      await expect(open({ subscription_data: data })).rejects.toMatchObject({
        param: 'subscription_data[trial_end]',
      })
    }
  })

  test('charges what is sold once today', async () => {
    const { session } = await subscribe({
      line_items: [monthly, lineOf(4900)],
      subscription_data: { trial_period_days: 14 },
    })
    expect(session).toMatchObject({ amount_total: 4900, payment_status: 'paid' })
  })
})

describe('renewals', () => {
  test('follow the calendar of the first day, however far the clock is moved', async () => {
    const { id } = await subscribe()
    await advance(100)
    // Mutant: only one period passes; a period is begun twice.
    expect(await invoicesOf(id)).toHaveLength(4)
    const { items, billing_cycle_anchor } = await find(id)
    const end = new Date((items.data[0]?.current_period_end ?? 0) * 1000)
    expect(end.getUTCDate()).toBeLessThanOrEqual(new Date(billing_cycle_anchor * 1000).getUTCDate())
    expect(await told(id)).toEqual(expect.arrayContaining(['customer.subscription.updated', 'invoice.paid']))
  })

  test('that fail are tried again, and end the subscription at last', async () => {
    const { id, session } = await subscribe()
    const { data } = await bench.stripe.customers.listPaymentMethods(session.customer as string)
    const bad = await bench.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: session.customer as string,
    })
    await bench.stripe.subscriptions.update(id, { default_payment_method: bad.id })
    await advance(32)
    expect(await find(id)).toMatchObject({ status: 'past_due' })
    expect((await invoicesOf(id))[1]).toMatchObject({ status: 'open', attempt_count: 1 })
    await bench.stripe.subscriptions.update(id, { default_payment_method: data[0]?.id as string })
    await advance(4)
    expect(await find(id)).toMatchObject({ status: 'active' })
    await bench.stripe.subscriptions.update(id, { default_payment_method: bad.id })
    await advance(50)
    expect(await find(id)).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'payment_failed' },
    })
    // Four tries of the last invoice; events of more than thirty days ago are not listed.
    const types = await told(id)
    expect(types.filter((type) => type === 'invoice.payment_failed')).toHaveLength(4)
    expect(types.at(-1)).toBe('customer.subscription.deleted')
  })

  test('stop at the end of a period, or at once', async () => {
    const { id } = await subscribe()
    await bench.stripe.subscriptions.update(id, { cancel_at_period_end: true })
    await advance(32)
    expect(await find(id)).toMatchObject({ status: 'canceled' })
    expect(await invoicesOf(id)).toHaveLength(1)
    const other = await subscribe()
    await bench.stripe.subscriptions.cancel(other.id)
    await advance(40)
    expect(await invoicesOf(other.id)).toHaveLength(1)
  })

  test('keep a coupon as long as it lasts', async () => {
    const totals = async (coupon: Stripe.CouponCreateParams) => {
      const { id: made } = await bench.stripe.coupons.create({ percent_off: 50, ...coupon })
      const { id } = await subscribe({ discounts: [{ coupon: made }] })
      await advance(63)
      return (await invoicesOf(id)).map(({ total }) => total)
    }
    expect(await totals({ duration: 'once' })).toEqual([725, 1450, 1450])
    expect(await totals({ duration: 'repeating', duration_in_months: 2 })).toEqual([725, 725, 1450])
    expect(await totals({ duration: 'forever' })).toEqual([725, 725, 725])
  })

  test('after iDEAL are taken by the SEPA debit it left behind', async () => {
    const { id } = await subscribe({}, { payment_method: 'ideal' })
    const { default_payment_method } = await find(id)
    expect(await bench.stripe.paymentMethods.retrieve(String(default_payment_method))).toMatchObject({
      type: 'sepa_debit',
    })
    await advance(32)
    expect((await invoicesOf(id)).map(({ status }) => status)).toEqual(['paid', 'paid'])
  })

  test('by SEPA debit wait for the bank, which may refuse', async () => {
    const { id } = await subscribe({}, { payment_method: 'sepa_debit', email: 'a@example.com' })
    expect((await invoicesOf(id))[0]).toMatchObject({ status: 'open' })
    await bench.post('/_sandbox/clock', { advance: 2 })
    expect((await invoicesOf(id))[0]).toMatchObject({ status: 'paid' })
    const refused = await subscribe(
      {},
      { payment_method: 'sepa_debit', email: 'x_generatedSepaDebitIntentsFail@example.com' },
    )
    await bench.post('/_sandbox/clock', { advance: 2 })
    expect(await find(refused.id)).toMatchObject({ status: 'past_due' })
  })
})

test('subscription_data and its invoice settings stand where Stripe puts them', async () => {
  const { session, id } = await subscribe({
    subscription_data: {
      description: 'Every month',
      metadata: { order: '7' },
      invoice_settings: {
        description: 'Thank you',
        footer: 'HRB 1',
        custom_fields: [{ name: 'A', value: 'B' }],
      },
    },
  })
  expect(await find(id)).toMatchObject({ description: 'Every month', metadata: { order: '7' } })
  expect(await bench.stripe.invoices.retrieve(session.invoice as string)).toMatchObject({
    description: 'Thank you',
    footer: 'HRB 1',
    custom_fields: [{ name: 'A', value: 'B' }],
    parent: { subscription_details: { metadata: { order: '7' } } },
  })
})

describe('setup mode', () => {
  const setup = (change: Create = {}) =>
    bench.stripe.checkout.sessions.create({
      mode: 'setup',
      ui_mode: 'elements',
      currency: 'eur',
      return_url: 'https://shop.example/kept?session={CHECKOUT_SESSION_ID}',
      ...change,
    })

  test('keeps a method for its customer and moves no money', async () => {
    const { id: customer } = await bench.stripe.customers.create({ email: 'a@example.com' })
    const session = await setup({ customer, setup_intent_data: { metadata: { order: '7' } } })
    expect(session).toMatchObject({ amount_total: null, payment_status: 'no_payment_required' })
    const refused = await bench.pay(session.id, { number: '4000002500003155', action: 'fail' })
    expect(refused).toMatchObject({
      status: 402,
      body: { error: { code: 'setup_intent_authentication_failure' } },
    })
    await bench.pay(session.id, { number: '4000002500003155' })
    const done = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] })
    expect(done).toMatchObject({
      status: 'complete',
      payment_intent: null,
      setup_intent: { status: 'succeeded', customer, metadata: { order: '7' } },
    })
    const method = (done.setup_intent as Stripe.SetupIntent).payment_method as string
    const charge = { amount: 700, currency: 'eur', customer, off_session: true, confirm: true }
    expect(await bench.stripe.paymentIntents.create({ ...charge, payment_method: method })).toMatchObject({
      status: 'succeeded',
    })
  })

  test('sells nothing and wants a currency', async () => {
    await expect(setup({ line_items: [lineOf(100)] })).rejects.toMatchObject({ param: 'line_items' })
    const plain = { mode: 'setup', ui_mode: 'elements', return_url: 'https://shop.example/kept' } as const
    await expect(bench.stripe.checkout.sessions.create(plain)).rejects.toMatchObject({ param: 'currency' })
  })

  test('ends with its session', async () => {
    const session = await setup({ customer_creation: 'always' })
    await bench.pay(session.id, { number: '4000002500003155', action: 'leave' })
    await bench.stripe.checkout.sessions.expire(session.id)
    const { data } = await bench.stripe.setupIntents.list()
    expect(data).toMatchObject([{ status: 'canceled' }])
  })
})
