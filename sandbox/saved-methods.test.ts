import type Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sessionView } from './browser/host/session-view'
import type { PageState } from './browser-api'
import { type Bench, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
beforeEach(() => bench.post('/_sandbox/reset'))
afterAll(() => bench.close())

const key = 'pk_test_1'
const keeps = { payment_method_save: 'enabled', payment_method_remove: 'enabled' } as const

async function call(session: Stripe.Checkout.Session, verb: string, body: object = {}) {
  const path = `/_js/checkout_sessions/${session.id}/${verb}`
  const answer = await bench.post(path, { client_secret: session.client_secret, key, ...body })
  return { ...answer, state: answer.body as unknown as PageState }
}

/** A customer who has paid once with the box ticked, and the card that was kept. */
async function returning() {
  const customer = await bench.stripe.customers.create({ email: 'back@example.com', name: 'Ann' })
  const first = await bench.session({ customer: customer.id, saved_payment_method_options: keeps })
  await bench.pay(first.id, { save_payment_method: true })
  const { data } = await bench.stripe.customers.listPaymentMethods(customer.id, { allow_redisplay: 'always' })
  return { customer: customer.id, method: data[0]?.id ?? '' }
}

const again = (customer: string) => bench.session({ customer, saved_payment_method_options: keeps })

test('a returning buyer sees the card that was kept and pays with it', async () => {
  const { customer, method } = await returning()
  const session = await again(customer)
  const { state } = await call(session, 'retrieve')
  expect(sessionView(state, 'en', false).savedPaymentMethods).toEqual([
    expect.objectContaining({
      id: method,
      type: 'card',
      card: { brand: 'visa', expMonth: 12, expYear: expect.any(Number), last4: '4242' },
    }),
  ])
  const paid = await call(session, 'confirm', { payment_method: method })
  expect(paid.state.session).toMatchObject({ status: 'complete', payment_status: 'paid', customer })
  // Mutant: paying with a kept card a second time, without the box, must not hide it from its owner.
  expect(await bench.stripe.paymentMethods.retrieve(method)).toMatchObject({ allow_redisplay: 'always' })
})

test('a card is for its owner alone, and only as far as it may be shown', async () => {
  const { customer, method } = await returning()
  const stranger = await bench.stripe.customers.create({ email: 'other@example.com' })
  // Mutants: the customer is not compared; the filter is not applied; a guest may name a card.
  for (const session of [await again(stranger.id), await bench.session()]) {
    const refused = await call(session, 'confirm', { payment_method: method, email: 'a@example.com' })
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'resource_missing' } } })
  }
  await bench.stripe.paymentMethods.update(method, { allow_redisplay: 'limited' })
  const hidden = await again(customer)
  expect((await call(hidden, 'retrieve')).state.saved_payment_methods).toEqual([])
  expect((await call(hidden, 'confirm', { payment_method: method })).status).toBe(400)
  const wide = await bench.session({
    customer,
    saved_payment_method_options: { allow_redisplay_filters: ['always', 'limited'] },
  })
  expect((await call(wide, 'retrieve')).state.saved_payment_methods).toHaveLength(1)
  expect((await call(await bench.session(), 'retrieve')).state.saved_payment_methods).toBeNull()
})

test('a buyer removes a card where the session lets them, and nobody uses it again', async () => {
  const { customer, method } = await returning()
  const strict = await bench.session({ customer })
  expect((await call(strict, 'remove_payment_method', { payment_method: method })).status).toBe(400)
  const session = await again(customer)
  const removed = await call(session, 'remove_payment_method', { payment_method: method })
  expect(removed.state.saved_payment_methods).toEqual([])
  expect((await call(session, 'confirm', { payment_method: method })).status).toBe(400)
  await expect(bench.stripe.paymentMethods.attach(method, { customer })).rejects.toThrow(
    'may not be used again',
  )
  expect((await bench.stripe.events.list({ type: 'payment_method.detached' })).data).toHaveLength(1)
})

describe('customers', () => {
  test('take from the session what customer_update allows, and an e-mail where there was none', async () => {
    const customer = await bench.stripe.customers.create({ name: 'Before' })
    const address = { city: 'Berlin', country: 'DE' }
    const pay = async (customer_update?: Stripe.Checkout.SessionCreateParams.CustomerUpdate) => {
      const session = await bench.session({
        customer: customer.id,
        ...(customer_update ? { customer_update } : {}),
      })
      await bench.pay(session.id, { name: 'After', email: 'told@example.com' })
      return bench.stripe.customers.retrieve(customer.id)
    }
    // Mutant: `never`, the default, updates.
    expect(await pay()).toMatchObject({ name: 'Before', address: null, email: 'told@example.com' })
    expect(await pay({ name: 'auto' })).toMatchObject({ name: 'After', address: null })
    expect(await pay({ address: 'auto' })).toMatchObject({ address })
    await expect(bench.session({ customer_update: { name: 'auto' } })).rejects.toMatchObject({
      param: 'customer_update',
    })
  })

  test('are not changed in e-mail by the buyer', async () => {
    const { customer } = await returning()
    const session = await again(customer)
    expect((await call(session, 'retrieve')).state.email_locked).toBe(true)
    expect((await call(session, 'update', { email: 'other@example.com' })).status).toBe(400)
  })

  test('lose their methods when they are deleted', async () => {
    const { customer, method } = await returning()
    await bench.stripe.customers.del(customer)
    expect(await bench.stripe.paymentMethods.retrieve(method)).toMatchObject({ customer: null })
  })

  test('get a customer session with what its element may do', async () => {
    const { customer } = await returning()
    const features = { payment_method_redisplay: 'enabled', payment_method_save: 'enabled' } as const
    const make = (more: { payment_method_save_usage?: 'off_session' }) =>
      bench.stripe.customerSessions.create({
        customer,
        components: { payment_element: { enabled: true, features: { ...features, ...more } } },
      })
    await expect(make({})).rejects.toMatchObject({
      param: 'components[payment_element][features][payment_method_save_usage]',
    })
    expect(await make({ payment_method_save_usage: 'off_session' })).toMatchObject({
      object: 'customer_session',
      client_secret: expect.stringMatching(/^cuss_secret_/),
      customer,
      components: { payment_element: { features: { payment_method_allow_redisplay_filters: ['always'] } } },
    })
  })
})
