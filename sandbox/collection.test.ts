import type Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PageState } from './browser-api'
import { type Bench, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

async function call(session: Stripe.Checkout.Session, verb: string, body: object) {
  const answer = await bench.post(`/_js/checkout_sessions/${session.id}/${verb}`, {
    client_secret: session.client_secret,
    key: 'pk_test_1',
    ...body,
  })
  return { state: answer.body as unknown as PageState, error: answer.body.error }
}

async function cardConfirm(session: Stripe.Checkout.Session) {
  const method = await bench.post('/_js/payment_methods', {
    key: 'pk_test_1',
    type: 'card',
    card: { number: '4242424242424242', exp_month: 12, exp_year: 40, cvc: '123' },
  })
  return call(session, 'confirm', { payment_method: method.body.id, email: 'jenny@example.com' })
}

test('names that are asked for are needed, unless they are optional', async () => {
  const session = await bench.session({
    name_collection: { individual: { enabled: true }, business: { enabled: true, optional: true } },
  })
  expect(session.name_collection).toEqual({
    individual: { enabled: true, optional: false },
    business: { enabled: true, optional: true },
  })
  expect((await cardConfirm(session)).error).toMatchObject({ param: 'individual_name' })
  const { state } = await call(session, 'update', { individual_name: 'Jenny Rosen', business_name: 'Rosen' })
  expect(state.session.collected_information).toMatchObject({
    individual_name: 'Jenny Rosen',
    business_name: 'Rosen',
  })
  await call(session, 'update', { business_name: null })
  expect((await cardConfirm(session)).state.session).toMatchObject({
    status: 'complete',
    customer_details: { individual_name: 'Jenny Rosen', business_name: null, name: 'Jenny Rosen' },
  })
})

test('names and the shipping address are kept with the customer', async () => {
  const session = await bench.session({
    customer_creation: 'always',
    name_collection: { individual: { enabled: true }, business: { enabled: true } },
    shipping_address_collection: { allowed_countries: ['DE'] },
  })
  await bench.pay(session.id)
  const { customer } = await bench.stripe.checkout.sessions.retrieve(session.id)
  expect(await bench.stripe.customers.retrieve(customer as string)).toMatchObject({
    business_name: 'Rosen Ltd',
    individual_name: 'Jenny Rosen',
    shipping: { name: 'Jenny Rosen', address: { city: 'Berlin' } },
  })
})

test('an address that comes later keeps the names', async () => {
  const session = await bench.session({ name_collection: { individual: { enabled: true } } })
  await call(session, 'update', { individual_name: 'Jenny Rosen' })
  const address = { country: 'DE', line1: 'Weg 1' }
  const { state } = await call(session, 'update', { shipping_address: { name: 'J', address } })
  expect(state.session.collected_information).toMatchObject({
    individual_name: 'Jenny Rosen',
    shipping_details: { name: 'J' },
  })
})

test('a phone number that is asked for is needed', async () => {
  const session = await bench.session({ phone_number_collection: { enabled: true } })
  expect((await cardConfirm(session)).error).toMatchObject({ param: 'phone' })
  await call(session, 'update', { phone: '+4930123456' })
  expect((await cardConfirm(session)).state.session.customer_details?.phone).toBe('+4930123456')
})

test('tax ids are checked by their form and kept with the business', async () => {
  const session = await bench.session({ tax_id_collection: { enabled: true } })
  expect(session.tax_id_collection).toEqual({ enabled: true, required: 'never' })
  const info = (value: string, type = 'eu_vat') => ({
    tax_id_info: { taxId: { type, value }, businessName: 'Rosen GmbH' },
  })
  for (const wrong of [
    info('DE12345678'),
    info('XX123456789'),
    info('12-345678', 'us_ein'),
    info('?', 'zw_tin'),
  ]) {
    expect((await call(session, 'update', wrong)).error?.code).toBe('tax_id_invalid')
  }
  const { state } = await call(session, 'update', info('DE 123456789'))
  expect(state.session.customer_details).toMatchObject({
    business_name: 'Rosen GmbH',
    tax_ids: [{ type: 'eu_vat', value: 'DE 123456789' }],
  })
  const none = await call(session, 'update', { tax_id_info: null })
  expect(none.state.session.customer_details).toMatchObject({ business_name: null, tax_ids: [] })
  expect((await call(await bench.session(), 'update', info('DE123456789'))).error?.code).toBeUndefined()
  const required = bench.session({ tax_id_collection: { enabled: true, required: 'if_supported' } })
  await expect(required).rejects.toMatchObject({ param: 'tax_id_collection[required]' })
  const { id: customer } = await bench.stripe.customers.create({})
  const kept = bench.session({ customer, tax_id_collection: { enabled: true } })
  await expect(kept).rejects.toMatchObject({ param: 'customer_update[name]' })
})

test('terms that are required are accepted before the payment', async () => {
  const session = await bench.session({
    consent_collection: { terms_of_service: 'required', promotions: 'auto' },
  })
  expect(session.consent).toEqual({ promotions: null, terms_of_service: null })
  expect((await cardConfirm(session)).error).toMatchObject({ param: 'consent[terms_of_service]' })
  await bench.pay(session.id, { promotions: 'opt_in' })
  const paid = await bench.stripe.checkout.sessions.retrieve(session.id)
  expect(paid.consent).toEqual({ promotions: 'opt_in', terms_of_service: 'accepted' })
})

test('the window pays whatever a session asks for', async () => {
  const session = await bench.session({
    name_collection: { individual: { enabled: true }, business: { enabled: true } },
    phone_number_collection: { enabled: true },
    billing_address_collection: 'required',
    shipping_address_collection: { allowed_countries: ['JP'] },
  })
  expect((await bench.pay(session.id)).status).toBe(200)
  const paid = await bench.stripe.checkout.sessions.retrieve(session.id)
  expect(paid.collected_information).toMatchObject({
    individual_name: 'Jenny Rosen',
    business_name: 'Rosen Ltd',
    shipping_details: { name: 'Jenny Rosen', address: { country: 'JP' } },
  })
})
