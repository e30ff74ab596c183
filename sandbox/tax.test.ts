import type Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { amountFormat } from './browser/host/amount'
import { sessionView } from './browser/host/session-view'
import type { PageState } from './browser-api'
import { type Bench, lineOf, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

async function change(session: Stripe.Checkout.Session, body: object) {
  const answer = await bench.post(`/_js/checkout_sessions/${session.id}/update`, {
    client_secret: session.client_secret,
    key: 'pk_test_1',
    ...body,
  })
  return answer.body as unknown as PageState
}

const priced = (unit_amount: number, tax_behavior: 'exclusive' | 'inclusive', currency = 'eur') => {
  const line = lineOf(unit_amount, currency)
  return { ...line, price_data: { ...line.price_data, tax_behavior } }
}

const open = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  bench.session({ automatic_tax: { enabled: true }, ...more })

const bill = (country: string, postal_code?: string) => ({
  billing_address: { address: { country, line1: 'Weg 1', postal_code } },
})

// Mutants: tax before the discount, tax on top of an inclusive price, none on shipping.
test('tax is reckoned on what is left after the discount, and on shipping', async () => {
  const { id: coupon } = await bench.stripe.coupons.create({ percent_off: 10 })
  const session = await open({
    line_items: [priced(1000, 'exclusive'), priced(1200, 'inclusive')],
    discounts: [{ coupon }],
    shipping_options: [
      { shipping_rate_data: { display_name: 'P', fixed_amount: { amount: 500, currency: 'eur' } } },
    ],
  })
  expect(session).toMatchObject({ amount_total: 2480, automatic_tax: { status: 'requires_location_inputs' } })
  const state = await change(session, bill('DE'))
  expect(state.session).toMatchObject({
    automatic_tax: { status: 'complete', provider: 'stripe' },
    amount_subtotal: 2200,
    amount_total: 2760,
    total_details: { amount_discount: 220, amount_shipping: 500, amount_tax: 460 },
    shipping_cost: { amount_subtotal: 500, amount_tax: 100, amount_total: 600 },
  })
  expect(state.session.line_items?.data.map((line) => [line.amount_tax, line.amount_total])).toEqual([
    [180, 1080],
    [180, 1080],
  ])
  const view = sessionView(state, 'en', true)
  const euro = amountFormat('eur', 'en')
  expect(view.total).toMatchObject({ taxExclusive: euro(280), taxInclusive: euro(180), total: euro(2760) })
  expect(view.taxAmounts).toEqual([
    { ...euro(280), inclusive: false, displayName: 'VAT', percentage: 20 },
    { ...euro(180), inclusive: true, displayName: 'VAT', percentage: 20 },
  ])
  const away = await change(session, { billing_address: null })
  expect(away.session).toMatchObject({ amount_total: 2480, total_details: { amount_tax: 0 } })
  expect(sessionView(away, 'en', true).tax).toEqual({ status: 'requires_billing_address' })
})

test.each([
  [bill('US'), 'requires_location_inputs'],
  [bill('US', '94107'), 'complete'],
  [bill('US', '9410'), 'failed'],
  [bill('KP'), 'failed'],
])('%j is %s', async (address, status) => {
  const { session } = await change(await open(), address)
  expect(session.automatic_tax.status).toBe(status)
  expect(session.amount_total).toBe(status === 'complete' ? 1440 : 1200)
})

test('the shipping address decides where one is asked for', async () => {
  const session = await open({ shipping_address_collection: { allowed_countries: ['DE'] } })
  const billed = await change(session, bill('DE'))
  expect(sessionView(billed, 'en', true).tax).toEqual({ status: 'requires_shipping_address' })
  const address = { country: 'DE', line1: 'Weg 1' }
  const { session: shipped } = await change(session, { shipping_address: { name: 'J', address } })
  expect(shipped).toMatchObject({ automatic_tax: { status: 'complete' }, amount_total: 1440 })
})

test('tax of three-decimal currencies is payable', async () => {
  const session = await open({ line_items: [priced(1230, 'exclusive', 'kwd')] })
  expect((await change(session, bill('KW'))).session.amount_total).toBe(1480)
})

const vatId = (value: string) => ({
  tax_id_info: { taxId: { type: 'eu_vat', value }, businessName: 'Rosen' },
})
const business = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  open({ tax_id_collection: { enabled: true }, ...more })

// Mutants: any tax ID, any country, or an inclusive price that gets cheaper.
test('a business elsewhere in the Union owes the tax itself, until its tax ID is taken out', async () => {
  const session = await business({
    line_items: [priced(1000, 'exclusive'), priced(1200, 'inclusive')],
    shipping_options: [
      { shipping_rate_data: { display_name: 'P', fixed_amount: { amount: 500, currency: 'eur' } } },
    ],
  })
  const before = await change(session, bill('FR'))
  expect(before.session).toMatchObject({ amount_total: 3000, total_details: { amount_tax: 500 } })
  const { session: reversed } = await change(session, vatId('FR 12 345678901'))
  expect(reversed).toMatchObject({
    amount_total: 2700,
    automatic_tax: { status: 'complete' },
    shipping_cost: { amount_tax: 0, amount_total: 500 },
    total_details: { amount_tax: 0 },
  })
  const taxes = reversed.total_details?.breakdown?.taxes ?? []
  expect(taxes.map((tax) => [tax.amount, tax.taxability_reason, tax.taxable_amount])).toEqual([
    [0, 'reverse_charge', 1500],
    [0, 'reverse_charge', 1200],
  ])
  expect(taxes.map(({ rate }) => [rate.percentage, rate.inclusive])).toEqual([
    [0, false],
    [0, true],
  ])
  const after = await change(session, { tax_id_info: null })
  expect(after.session).toMatchObject({ amount_total: 3000, total_details: { amount_tax: 500 } })
})

test.each([
  ['DE', 'DE123456789', 1440],
  ['FR', 'DE123456789', 1440],
  ['DE', 'FR12345678901', 1440],
  ['AT', 'FR12345678901', 1440],
  ['GB', 'XI123456789', 1440],
  ['GR', 'EL123456789', 1200],
  ['AT', 'ATU12345678', 1200],
])('an address in %s with the tax ID %s pays %i', async (country, value, total) => {
  const { session } = await change(await business(), { ...bill(country), ...vatId(value) })
  expect(session.amount_total).toBe(total)
})

test('a reversed tax stays away from what a subscription renews', async () => {
  const monthly = { ...lineOf(1000).price_data, recurring: { interval: 'month' as const } }
  const session = await business({ mode: 'subscription', line_items: [{ quantity: 1, price_data: monthly }] })
  const { session: open } = await change(session, { ...bill('FR'), ...vatId('FR12345678901') })
  expect(open.amount_total).toBe(1000)
  const method = await bench.post('/_js/payment_methods', {
    key: 'pk_test_1',
    type: 'card',
    card: { number: '4242424242424242', exp_month: 12, exp_year: 40, cvc: '123' },
  })
  await bench.post(`/_js/checkout_sessions/${session.id}/confirm`, {
    client_secret: session.client_secret,
    key: 'pk_test_1',
    payment_method: method.body.id,
    email: 'jenny@example.com',
    expected_amount: 1000,
  })
  await bench.post('/_sandbox/clock', { advance: 32 * 86_400 })
  const { subscription } = await bench.stripe.checkout.sessions.retrieve(session.id)
  const { data } = await bench.stripe.invoices.list({ subscription: String(subscription) })
  expect(data.map(({ total, total_taxes }) => [total, total_taxes?.[0]?.taxability_reason])).toEqual([
    [1000, 'reverse_charge'],
    [1000, 'reverse_charge'],
  ])
})

test('a session whose tax is not known is not paid', async () => {
  const session = await open()
  await change(session, bill('KP'))
  const method = await bench.post('/_js/payment_methods', {
    key: 'pk_test_1',
    type: 'card',
    card: { number: '4242424242424242', exp_month: 12, exp_year: 40, cvc: '123' },
  })
  const confirm = await bench.post(`/_js/checkout_sessions/${session.id}/confirm`, {
    client_secret: session.client_secret,
    key: 'pk_test_1',
    payment_method: method.body.id,
    email: 'jenny@example.com',
  })
  expect(confirm.body.error).toMatchObject({ code: 'customer_tax_location_invalid' })
  const { id: customer } = await bench.stripe.customers.create({})
  await expect(open({ customer })).rejects.toMatchObject({ code: 'customer_tax_location_invalid' })
  expect((await bench.pay((await open()).id, { expected_amount: 1440 })).status).toBe(200)
})
