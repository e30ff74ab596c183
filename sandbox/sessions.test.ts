import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, lineOf, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

describe('creating', () => {
  test('a session has its lines, totals, secret and expiry', async () => {
    const session = await bench.session({
      line_items: [lineOf(1200, 'eur', 2), lineOf(250)],
      client_reference_id: 'cart_42',
      metadata: { link: 'pro' },
      customer_email: 'jenny@example.com',
      expand: ['line_items'],
    })
    expect(session).toMatchObject({
      object: 'checkout.session',
      amount_subtotal: 2650,
      amount_total: 2650,
      currency: 'eur',
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      ui_mode: 'elements',
      client_reference_id: 'cart_42',
      metadata: { link: 'pro' },
      payment_method_types: ['card', 'ideal', 'bancontact', 'sepa_debit'],
      customer_details: { email: 'jenny@example.com' },
      total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    })
    expect(session.id).toMatch(/^cs_test_\w{58}$/)
    expect(session.client_secret).toContain(`${session.id}_secret_`)
    expect(session.expires_at - session.created).toBe(24 * 3600)
    expect(session.line_items?.data.map((line) => line.amount_total)).toEqual([2400, 250])
    expect((await bench.session()).line_items).toBeUndefined()
  })

  test.each([
    ['usd', 50],
    ['jpy', 50],
    ['kwd', 1000],
    ['gbp', 30],
  ])('%s: a total of %i is enough', async (currency, amount) => {
    const session = await bench.session({ line_items: [lineOf(amount, currency)] })
    expect(session.amount_total).toBe(amount)
    expect(session.payment_method_types).toEqual(['card'])
  })

  test.each([
    ['usd', 49],
    ['jpy', 49],
    ['gbp', 29],
    ['huf', 17_499],
  ])('%s: a total of %i is too small', async (currency, amount) => {
    await expect(bench.session({ line_items: [lineOf(amount, currency)] })).rejects.toMatchObject({
      code: 'amount_too_small',
    })
  })

  test('a total that is too large, and two currencies, are refused', async () => {
    await expect(bench.session({ line_items: [lineOf(100_000_000)] })).rejects.toMatchObject({
      code: 'amount_too_large',
    })
    await expect(bench.session({ line_items: [lineOf(100), lineOf(100, 'usd')] })).rejects.toMatchObject({
      param: 'line_items',
    })
  })

  test('inactive, recurring and customer-chosen prices are refused in payment mode', async () => {
    const price = (more: object) =>
      bench.stripe.prices.create({
        currency: 'eur',
        product_data: { name: 'P' },
        ...more,
      } as Stripe.PriceCreateParams)
    const inactive = await price({ unit_amount: 500, active: false })
    const monthly = await price({ unit_amount: 500, recurring: { interval: 'month' } })
    const chosen = await price({ custom_unit_amount: { enabled: true } })
    for (const { id } of [inactive, monthly, chosen]) {
      await expect(bench.session({ line_items: [{ price: id, quantity: 1 }] })).rejects.toMatchObject({
        param: 'line_items[0][price]',
      })
    }
  })

  test('fractions of a cent are summed before they are rounded', async () => {
    const { Decimal } = (await import('stripe')).default
    const price = await bench.stripe.prices.create({
      currency: 'eur',
      unit_amount_decimal: Decimal.from('0.5'),
      product_data: { name: 'Grain' },
    })
    const session = await bench.session({ line_items: [{ price: price.id, quantity: 101 }] })
    expect(session.amount_total).toBe(51)
  })

  test('methods can be narrowed but not added', async () => {
    const narrow = await bench.session({ allowed_payment_method_types: ['card', 'klarna'] })
    expect(narrow.payment_method_types).toEqual(['card'])
    const without = await bench.session({ excluded_payment_method_types: ['sepa_debit'] })
    expect(without.payment_method_types).toEqual(['card', 'ideal', 'bancontact'])
    await expect(bench.session({ allowed_payment_method_types: ['klarna'] })).rejects.toMatchObject({
      statusCode: 400,
    })
  })

  test('expires_at lies between 30 minutes and 24 hours', async () => {
    const now = Math.floor(Date.now() / 1000)
    expect((await bench.session({ expires_at: now + 1800 })).expires_at).toBe(now + 1800)
    await expect(bench.session({ expires_at: now + 600 })).rejects.toMatchObject({ param: 'expires_at' })
    await expect(bench.session({ expires_at: now + 90_000 })).rejects.toMatchObject({ param: 'expires_at' })
  })
})

describe('updating', () => {
  test('line items are replaced as a whole, known ones keep what is not said', async () => {
    const session = await bench.session({
      line_items: [lineOf(1000), lineOf(500)],
      expand: ['line_items'],
    })
    const kept = session.line_items?.data[0]?.id as string
    const updated = await bench.stripe.checkout.sessions.update(session.id, {
      line_items: [{ id: kept, quantity: 3 }, lineOf(700)],
      metadata: { step: '2' },
      expand: ['line_items'],
    })
    expect(updated.amount_total).toBe(3700)
    expect(updated.line_items?.data[0]).toMatchObject({ id: kept, quantity: 3, amount_total: 3000 })
    expect(updated.line_items?.data).toHaveLength(2)
    expect(updated.metadata).toEqual({ step: '2' })
    await expect(
      bench.stripe.checkout.sessions.update(session.id, { line_items: [{ id: 'li_none', quantity: 1 }] }),
    ).rejects.toMatchObject({ param: 'line_items[0][id]' })
    await expect(
      bench.stripe.checkout.sessions.update(session.id, { line_items: [lineOf(1000, 'usd')] }),
    ).rejects.toMatchObject({ param: 'line_items[0][price]' })
  })

  test('a failed update leaves the session as it was', async () => {
    const session = await bench.session()
    await expect(
      bench.stripe.checkout.sessions.update(session.id, { metadata: { a: '1' }, line_items: [lineOf(10)] }),
    ).rejects.toMatchObject({ code: 'amount_too_small' })
    const after = await bench.stripe.checkout.sessions.retrieve(session.id)
    expect(after).toMatchObject({ amount_total: 1200, metadata: {} })
  })

  test('payment_intent_data reaches the payment, and only an open session takes it', async () => {
    const session = await bench.session({ payment_intent_data: { metadata: { a: '1' }, description: 'Old' } })
    await bench.stripe.checkout.sessions.update(session.id, {
      payment_intent_data: { metadata: { b: '2' }, description: 'New' },
    })
    await bench.pay(session.id)
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
    expect(paid.payment_intent).toMatchObject({ metadata: { b: '2' }, description: 'New' })
    await expect(
      bench.stripe.checkout.sessions.update(session.id, { payment_intent_data: { description: 'Late' } }),
    ).rejects.toMatchObject({ code: 'checkout_session_complete' })
    const later = await bench.stripe.checkout.sessions.update(session.id, { metadata: { order: '1' } })
    expect(later.metadata).toEqual({ order: '1' })
  })
})

describe('ending', () => {
  test('an open session can be expired once, and not paid afterwards', async () => {
    const session = await bench.session()
    const expired = await bench.stripe.checkout.sessions.expire(session.id)
    expect(expired).toMatchObject({ status: 'expired', client_secret: null })
    await expect(bench.stripe.checkout.sessions.expire(session.id)).rejects.toThrow('status of expired')
    expect((await bench.pay(session.id)).status).toBe(400)
    const events = await bench.stripe.events.list({ type: 'checkout.session.expired' })
    expect(
      events.data.filter((event) => (event.data.object as { id: string }).id === session.id),
    ).toHaveLength(1)
  })

  test('sessions expire by themselves when their time has come', async () => {
    const early = await bench.session({ expires_at: Math.floor(Date.now() / 1000) + 1800 })
    const late = await bench.session()
    await bench.post('/_sandbox/clock', { advance: 1801 })
    const { sessions } = bench.stripe.checkout
    expect((await sessions.retrieve(early.id)).status).toBe('expired')
    expect((await sessions.retrieve(late.id)).status).toBe('open')
    const { data } = await sessions.list({ status: 'expired' })
    expect(data.map((session) => session.id)).toContain(early.id)
  })
})

describe('subscriptions', () => {
  const monthly = (unit_amount: number) => ({
    quantity: 1,
    price_data: {
      currency: 'eur',
      unit_amount,
      recurring: { interval: 'month' as const },
      product_data: { name: 'Plan' },
    },
  })

  test('the first amount is due at once, and a subscription is made', async () => {
    const session = await bench.session({
      mode: 'subscription',
      line_items: [monthly(900), lineOf(500)],
      subscription_data: { metadata: { plan: 'pro' } },
    })
    expect(session).toMatchObject({
      amount_total: 1400,
      subscription: null,
      payment_method_types: ['card', 'ideal', 'bancontact', 'sepa_debit'],
    })
    await bench.pay(session.id)
    const done = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription'] })
    expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', payment_intent: null })
    const subscription = done.subscription as Stripe.Subscription
    expect(subscription).toMatchObject({
      status: 'active',
      metadata: { plan: 'pro' },
      customer: done.customer,
    })
    expect(subscription.items.data).toHaveLength(1)
    expect(await bench.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ id: subscription.id })
  })

  test('a trial costs nothing today', async () => {
    const session = await bench.session({
      mode: 'subscription',
      line_items: [monthly(900)],
      subscription_data: { trial_period_days: 14 },
    })
    expect(session.amount_total).toBe(0)
    await bench.pay(session.id)
    const done = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription'] })
    expect(done.payment_status).toBe('no_payment_required')
    expect(done.subscription).toMatchObject({ status: 'trialing' })
  })

  test('need a recurring price', async () => {
    await expect(bench.session({ mode: 'subscription' })).rejects.toMatchObject({ param: 'line_items' })
  })
})
