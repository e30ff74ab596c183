import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, lineOf, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

test('a payment link is read with its items and all of its settings', async () => {
  const rate = await bench.stripe.shippingRates.create({
    display_name: 'By post',
    type: 'fixed_amount',
    fixed_amount: { amount: 490, currency: 'eur' },
  })
  const made = await bench.stripe.paymentLinks.create({
    line_items: [{ ...lineOf(1200), adjustable_quantity: { enabled: true, maximum: 5 } }, lineOf(300)],
    after_completion: { type: 'redirect', redirect: { url: 'https://shop.example/thanks' } },
    allow_promotion_codes: true,
    custom_fields: [{ key: 'size', label: { custom: 'Size', type: 'custom' }, type: 'text' }],
    custom_text: { submit: { message: 'Sent tomorrow' } },
    metadata: { campaign: 'spring' },
    payment_intent_data: { description: 'A book', setup_future_usage: 'off_session' },
    restrictions: { completed_sessions: { limit: 10 } },
    shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
    shipping_options: [{ shipping_rate: rate.id }],
    submit_type: 'book',
  })
  const { data } = await bench.stripe.paymentLinks.list({ active: true, expand: ['data.line_items'] })
  expect(data[0]).toMatchObject({
    id: made.id,
    url: expect.stringMatching(/^https:\/\/buy\.stripe\.com\/test_/),
    currency: 'eur',
    after_completion: { type: 'redirect', redirect: { url: 'https://shop.example/thanks' } },
    custom_fields: [{ key: 'size', optional: false, text: { maximum_length: null } }],
    custom_text: { submit: { message: 'Sent tomorrow' }, after_submit: null },
    payment_intent_data: { setup_future_usage: 'off_session', statement_descriptor: null },
    restrictions: { completed_sessions: { count: 0, limit: 10 } },
    shipping_options: [{ shipping_rate: rate.id, shipping_amount: 490 }],
    subscription_data: null,
    submit_type: 'book',
  })
  expect(data[0]?.line_items?.data.map(({ amount_total }) => amount_total)).toEqual([1200, 300])
  const { data: lines } = await bench.stripe.paymentLinks.listLineItems(made.id, { limit: 1 })
  expect(lines[0]?.adjustable_quantity).toEqual({ enabled: true, minimum: 0, maximum: 5 })
})

test('a link takes prices a session would refuse, and keeps what an update does not name', async () => {
  const price = await bench.stripe.prices.create({
    currency: 'eur',
    custom_unit_amount: { enabled: true, preset: 1500 },
    product_data: { name: 'A gift' },
  })
  const one = { price: price.id, quantity: 1 }
  const { id } = await bench.stripe.paymentLinks.create({ line_items: [one], submit_type: 'donate' })
  await expect(bench.stripe.paymentLinks.create({ line_items: [one, lineOf(1)] })).rejects.toMatchObject({
    param: 'line_items',
  })
  const off = await bench.stripe.paymentLinks.update(id, { active: false, inactive_message: 'Over' })
  expect(off).toMatchObject({ active: false, inactive_message: 'Over', submit_type: 'donate' })
  const again = await bench.stripe.paymentLinks.update(id, { inactive_message: '' })
  expect(again).toMatchObject({ active: false, inactive_message: null })
  await expect(bench.stripe.paymentLinks.retrieve('plink_none')).rejects.toMatchObject({ statusCode: 404 })
})

test('a recurring link has a subscription’s settings and a trial', async () => {
  const monthly = {
    currency: 'eur',
    unit_amount: 900,
    product_data: { name: 'A shelf' },
    recurring: { interval: 'month' },
  } as const
  const link = await bench.stripe.paymentLinks.create({
    line_items: [{ price_data: monthly, quantity: 1 }, lineOf(4900)],
    payment_method_collection: 'if_required',
    subscription_data: { trial_period_days: 14 },
  })
  expect(link).toMatchObject({
    payment_intent_data: null,
    payment_method_collection: 'if_required',
    subscription_data: { trial_period_days: 14, metadata: {} },
  })
})

test('a domain is registered once and is in order', async () => {
  const made = await bench.stripe.paymentMethodDomains.create({ domain_name: 'pay.shop.example' })
  const again = await bench.stripe.paymentMethodDomains.create({ domain_name: 'pay.shop.example' })
  expect(again.id).toBe(made.id)
  const checked = await bench.stripe.paymentMethodDomains.validate(made.id)
  expect(checked).toMatchObject({ google_pay: { status: 'active' }, enabled: true })
  const { data } = await bench.stripe.paymentMethodDomains.list({ domain_name: 'pay.shop.example' })
  expect(data).toHaveLength(1)
  await expect(
    bench.stripe.paymentMethodDomains.create({ domain_name: 'https://shop.example/pay' }),
  ).rejects.toMatchObject({ param: 'domain_name' })
})
