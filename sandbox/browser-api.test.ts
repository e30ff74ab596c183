import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PageState } from './browser-api'
import { type Bench, lineOf, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

const key = 'pk_test_1'
type State = PageState & { next_action?: { type: string; url: string } | null }

async function call(session: Stripe.Checkout.Session, verb: string, body: object = {}) {
  const credentials = { client_secret: session.client_secret, key }
  const { status, body: answer } = await bench.post(`/_js/checkout_sessions/${session.id}/${verb}`, {
    ...credentials,
    ...body,
  })
  return { status, state: answer as unknown as State, error: answer.error }
}

async function card(number = '4242424242424242', more: object = {}) {
  return bench.post('/_js/payment_methods', {
    key,
    type: 'card',
    card: { number, exp_month: 12, exp_year: 40, cvc: '123', ...more },
    billing_details: { address: { country: 'DE', postal_code: '10117' } },
  })
}

describe('a session', () => {
  test('is shown with its lines, products and limits to those who know its secret', async () => {
    const session = await bench.session({
      line_items: [{ ...lineOf(1200), adjustable_quantity: { enabled: true, minimum: 0, maximum: 5 } }],
    })
    const { state } = await call(session, 'retrieve')
    const line = state.session.line_items?.data[0]
    expect(line?.price?.product).toMatchObject({ name: 'A book' })
    expect(state.adjustable).toEqual({ [line?.id ?? '']: { minimum: 1, maximum: 5 } })
    expect(state).toMatchObject({ email_locked: false, last_payment_error: null })
    const wrong = await call({ ...session, client_secret: `${session.id}_secret_wrong` }, 'retrieve')
    expect(wrong).toMatchObject({ status: 404, error: { code: 'resource_missing' } })
    expect((await call(session, 'retrieve', { key: 'pk_live_1' })).status).toBe(401)
  })

  test('answers browsers of every origin', async () => {
    const response = await fetch(`${bench.sandbox.url}/_js/payment_methods`, { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const refused = await fetch(`${bench.sandbox.url}/_js/payment_methods`, { method: 'POST', body: '[]' })
    expect(refused.headers.get('access-control-allow-origin')).toBe('*')
    expect(refused.status).toBe(400)
  })

  test('takes e-mail, addresses and quantities', async () => {
    const session = await bench.session({
      line_items: [{ ...lineOf(1200), adjustable_quantity: { enabled: true, maximum: 5 } }, lineOf(300)],
    })
    const told = await call(session, 'update', {
      email: 'ann@example.com',
      billing_address: { name: 'Ann', address: { country: 'DE', line1: 'Straße 1' } },
    })
    expect(told.state.session.customer_details).toMatchObject({
      email: 'ann@example.com',
      name: 'Ann',
      address: { country: 'DE', city: null },
    })
    const [first, second] = told.state.session.line_items?.data ?? []
    const more = await call(session, 'update', { line_item: { id: first?.id, quantity: 3 } })
    expect(more.state.session.amount_total).toBe(3900)
    expect((await call(session, 'update', { line_item: { id: first?.id, quantity: 6 } })).status).toBe(400)
    expect((await call(session, 'update', { line_item: { id: second?.id, quantity: 2 } })).status).toBe(400)
    expect((await call(session, 'update', { email: 'nobody' })).error).toMatchObject({
      code: 'email_invalid',
    })
    expect((await call(session, 'update', { promotion_code: 'X' })).status).toBe(400)
  })

  test('created with an e-mail keeps it', async () => {
    const session = await bench.session({ customer_email: 'fixed@example.com' })
    expect((await call(session, 'retrieve')).state.email_locked).toBe(true)
    expect((await call(session, 'update', { email: 'other@example.com' })).status).toBe(400)
  })

  test('with automatic tax waits for the address, then adds it', async () => {
    const session = await bench.session({ automatic_tax: { enabled: true } })
    expect(session).toMatchObject({
      amount_total: 1200,
      automatic_tax: { status: 'requires_location_inputs' },
    })
    const { state } = await call(session, 'update', { billing_address: { address: { country: 'DE' } } })
    expect(state.session).toMatchObject({
      amount_subtotal: 1200,
      amount_total: 1440,
      total_details: { amount_tax: 240 },
      automatic_tax: { status: 'complete' },
    })
  })
})

describe('a payment method', () => {
  test('is made from a card and never echoes its number', async () => {
    const { status, body } = await card('4242 4242 4242 4242')
    expect(status).toBe(200)
    expect(body).toMatchObject({ type: 'card', card: { brand: 'visa', last4: '4242' } })
    expect(JSON.stringify(body)).not.toContain('4242424242424242')
    expect(JSON.stringify((await bench.get('/_sandbox/ledger')).body)).not.toContain('4242424242424242')
  })

  test.each([
    ['4242424242424241', {}, 'incorrect_number'],
    ['4242424242424242', { exp_year: 20 }, 'invalid_expiry_year'],
    ['4242424242424242', { exp_month: 13 }, 'invalid_expiry_month'],
    ['4242424242424242', { cvc: '12' }, 'invalid_cvc'],
  ])('%s %o is refused: %s', async (number, more, code) => {
    const { status, body } = await card(number, more)
    expect(status).toBe(402)
    expect(body.error).toMatchObject({ type: 'card_error', code })
  })
})

describe('confirming', () => {
  const confirm = async (session: Stripe.Checkout.Session, number?: string, more: object = {}) => {
    const method = (await card(number)).body.id
    return call(session, 'confirm', { payment_method: method, email: 'ann@example.com', ...more })
  }

  test('pays', async () => {
    const { state } = await confirm(await bench.session(), undefined, { expected_amount: 1200 })
    expect(state).toMatchObject({
      next_action: null,
      session: { status: 'complete', payment_status: 'paid' },
    })
  })

  test('is declined with the reason, which stays readable', async () => {
    const session = await bench.session()
    const { status, error } = await confirm(session, '4000000000009995')
    expect(status).toBe(402)
    expect(error).toMatchObject({ type: 'card_error', decline_code: 'insufficient_funds' })
    const { state } = await call(session, 'retrieve')
    expect(state).toMatchObject({
      session: { status: 'open' },
      last_payment_error: { code: 'card_declined', decline_code: 'insufficient_funds' },
    })
  })

  test('refuses what is missing or has changed', async () => {
    const session = await bench.session()
    expect((await confirm(session, undefined, { email: undefined })).error).toMatchObject({ param: 'email' })
    expect((await confirm(session, undefined, { expected_amount: 1 })).error).toMatchObject({
      code: 'checkout_amount_mismatch',
    })
    expect((await call(session, 'confirm', { email: 'a@example.com' })).error).toMatchObject({
      param: 'payment_method',
    })
    await bench.stripe.checkout.sessions.expire(session.id)
    expect((await confirm(session)).error).toMatchObject({ code: 'checkout_session_expired' })
    const strict = await bench.session({
      billing_address_collection: 'required',
      phone_number_collection: { enabled: true },
    })
    expect((await confirm(strict)).error).toMatchObject({ param: 'phone' })
    expect((await confirm(strict, undefined, { phone: '+49301234' })).error).toMatchObject({
      param: 'billing_address',
    })
  })

  test('a change of the session abandons an attempt that waits', async () => {
    const session = await bench.session()
    const { state } = await confirm(session, '4000002760003184')
    const intent = new URL(state.next_action?.url ?? '').searchParams.get('payment_intent')
    await bench.stripe.checkout.sessions.update(session.id, { line_items: [lineOf(900)] })
    const late = await bench.post(`/_js/authenticate/${intent}`, {
      client_secret: session.client_secret,
      outcome: 'complete',
    })
    expect(late.status).toBe(400)
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open')
  })

  test.each([
    ['complete', 'complete', null],
    ['fail', 'open', { code: 'payment_intent_authentication_failure' }],
  ])('3-D Secure: %s', async (outcome, status, problem) => {
    const session = await bench.session()
    const { state } = await confirm(session, '4000002760003184')
    const url = new URL(state.next_action?.url ?? '')
    expect(state.next_action?.type).toBe('authenticate')
    expect(url.pathname).toBe('/v3/authenticate')
    const wrong = await bench.post(`/_js/authenticate/${url.searchParams.get('payment_intent')}`, { outcome })
    expect(wrong.status).toBe(404)
    const { body } = await bench.post(`/_js/authenticate/${url.searchParams.get('payment_intent')}`, {
      client_secret: url.searchParams.get('client_secret'),
      outcome,
    })
    expect(body).toMatchObject({ session: { status }, last_payment_error: problem })
  })

  test.each([
    ['authorise', 'complete'],
    ['fail', 'open'],
  ])("the bank's page: %s", async (outcome, status) => {
    const session = await bench.session()
    const { body: method } = await bench.post('/_js/payment_methods', { key, type: 'ideal' })
    const { state } = await call(session, 'confirm', { payment_method: method.id, email: 'ann@example.com' })
    const url = new URL(state.next_action?.url ?? '')
    expect(url.pathname).toBe('/v3/redirect')
    const { body } = await bench.post(`/_js/redirect/${url.searchParams.get('payment_intent')}`, {
      client_secret: url.searchParams.get('client_secret'),
      outcome,
    })
    expect(body.return_url).toBe(`https://shop.example/return?session=${session.id}`)
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).status).toBe(status)
  })
})
