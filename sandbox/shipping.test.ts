import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PageState } from './browser-api'
import { type Bench, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

type Rate = Stripe.Checkout.SessionCreateParams.ShippingOption

const inline = (display_name: string, amount: number, currency = 'eur'): Rate => ({
  shipping_rate_data: {
    display_name,
    type: 'fixed_amount',
    fixed_amount: { amount, currency },
    delivery_estimate: { minimum: { unit: 'business_day', value: 2 } },
  },
})

const berlin = { line1: 'Unter den Linden 1', city: 'Berlin', postal_code: '10117', country: 'DE' }

async function change(session: Stripe.Checkout.Session, body: object) {
  const answer = await bench.post(`/_js/checkout_sessions/${session.id}/update`, {
    client_secret: session.client_secret,
    key: 'pk_test_1',
    ...body,
  })
  return { state: answer.body as unknown as PageState, error: answer.body.error }
}

describe('shipping rates', () => {
  test('are made, listed, switched off; an amount of a currency stays', async () => {
    const made = await bench.stripe.shippingRates.create({
      display_name: 'Parcel',
      type: 'fixed_amount',
      fixed_amount: { amount: 490, currency: 'eur', currency_options: { usd: { amount: 550 } } },
    })
    expect(made.fixed_amount).toEqual({ amount: 490, currency: 'eur' })
    const options = { expand: ['fixed_amount.currency_options'] }
    const shown = await bench.stripe.shippingRates.retrieve(made.id, options)
    expect(shown.fixed_amount?.currency_options).toEqual({
      usd: { amount: 550, tax_behavior: 'unspecified' },
    })
    const other = bench.stripe.shippingRates.update(made.id, {
      fixed_amount: { currency_options: { eur: { amount: 1 } } },
    })
    await expect(other).rejects.toMatchObject({ param: 'fixed_amount[currency_options][eur]' })
    await bench.stripe.shippingRates.update(made.id, { active: false })
    expect((await bench.stripe.shippingRates.list({ active: true })).data).toEqual([])
    const use = bench.session({ shipping_options: [{ shipping_rate: made.id }] })
    await expect(use).rejects.toMatchObject({ param: 'shipping_options[0][shipping_rate]' })
  })
})

describe('a session', () => {
  test.each([
    [[inline('A', 100, 'usd')], 'shipping_options[0][shipping_rate_data]'],
    [[{ shipping_rate: 'shr_none' }], 'shipping_options[0][shipping_rate]'],
    [[{ ...inline('A', 1), shipping_rate: 'shr_1' }], 'shipping_options[0][shipping_rate]'],
    [Array.from({ length: 6 }, () => inline('A', 1)), 'shipping_options'],
  ] as [Rate[], string][])('refuses %j', async (shipping_options, param) => {
    await expect(bench.session({ shipping_options })).rejects.toMatchObject({ statusCode: 400, param })
  })

  // Mutants: discount on the shipping as well, the second rate chosen at first, a total without shipping.
  test('starts with the first option, and follows the buyer', async () => {
    const { id: coupon } = await bench.stripe.coupons.create({ percent_off: 50 })
    const session = await bench.session({
      shipping_options: [inline('Parcel', 490), inline('Express', 1490)],
      discounts: [{ coupon }],
    })
    expect(session).toMatchObject({
      amount_subtotal: 1200,
      amount_total: 1090,
      shipping_cost: { amount_subtotal: 490, amount_total: 490 },
      total_details: { amount_discount: 600, amount_shipping: 490 },
    })
    const express = session.shipping_options[1]?.shipping_rate as string
    const { state } = await change(session, { shipping_option: express })
    expect(state.session).toMatchObject({ amount_total: 2090, shipping_cost: { shipping_rate: express } })
    expect(state.session.shipping_options[1]?.shipping_rate).toMatchObject({ display_name: 'Express' })
    expect((await change(session, { shipping_option: 'shr_none' })).error).toMatchObject({
      param: 'shipping_option',
    })
    await bench.pay(session.id)
    const shown = { expand: ['payment_intent', 'shipping_cost.shipping_rate'] }
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, shown)
    expect(paid.payment_intent).toMatchObject({ amount: 2090 })
    expect(paid.shipping_cost?.shipping_rate).toMatchObject({ display_name: 'Express' })
  })

  test('lets the server change options and details, and keeps the choice that stays', async () => {
    const session = await bench.session({
      shipping_options: [inline('Parcel', 490), inline('Express', 1490)],
      shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
      permissions: { update_shipping_details: 'server_only' },
    })
    const [, express] = session.shipping_options.map((option) => String(option.shipping_rate))
    await change(session, { shipping_option: express })
    const { sessions } = bench.stripe.checkout
    const changed = await sessions.update(session.id, {
      shipping_options: [inline('Courier', 990), { shipping_rate: express ?? '' }],
      collected_information: { shipping_details: { name: 'Jenny', address: berlin } },
    })
    expect(changed).toMatchObject({ amount_total: 2690, shipping_cost: { shipping_rate: express } })
    expect(changed.collected_information?.shipping_details?.address.city).toBe('Berlin')
    const fewer = await sessions.update(session.id, { shipping_options: [inline('Courier', 990)] })
    expect(fewer.amount_total).toBe(2190)
    const none = await sessions.update(session.id, { shipping_options: '' })
    expect(none).toMatchObject({ amount_total: 1200, shipping_cost: null, shipping_options: [] })
    const own = await change(session, { shipping_address: { name: 'J', address: berlin } })
    expect(own.error).toMatchObject({ param: 'shipping_address' })
  })

  test('ships to its countries only, and is not paid without an address', async () => {
    const session = await bench.session({ shipping_address_collection: { allowed_countries: ['DE', 'FR'] } })
    const far = { name: 'J', address: { ...berlin, country: 'US' } }
    expect((await change(session, { shipping_address: far })).error?.param).toBe('shipping_address[country]')
    const method = await bench.post('/_js/payment_methods', {
      key: 'pk_test_1',
      type: 'card',
      card: { number: '4242424242424242', exp_month: 12, exp_year: 40, cvc: '123' },
    })
    const confirm = (more: object = {}) =>
      bench.post(`/_js/checkout_sessions/${session.id}/confirm`, {
        client_secret: session.client_secret,
        key: 'pk_test_1',
        payment_method: method.body.id,
        email: 'jenny@example.com',
        ...more,
      })
    expect((await confirm()).body.error).toMatchObject({ param: 'shipping_address' })
    expect((await confirm({ shipping_address: far })).status).toBe(400)
    expect((await confirm({ shipping_address: { name: 'Jenny', address: berlin } })).status).toBe(200)
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
    expect(paid.payment_intent).toMatchObject({ shipping: { name: 'Jenny', address: { city: 'Berlin' } } })
    const unknown = bench.session({ shipping_address_collection: { allowed_countries: ['KP'] } })
    await expect(unknown).rejects.toMatchObject({ statusCode: 400 })
  })
})
