import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openShop, type Shop, typeCard, type Visitor } from './testing/shop'

const email = 'jenny@example.com'
let shop: Shop
let visitor: Visitor

beforeAll(async () => {
  shop = await openShop()
}, 60_000)
afterAll(() => shop?.close())
afterEach(async () => {
  expect(await visitor.leave()).toEqual([])
})

async function returningCustomer() {
  const customer = await shop.stripe.customers.create({ email, name: 'Jenny Rosen' })
  const methods = []
  for (const name of ['pm_card_visa', 'pm_card_mastercard']) {
    const { id } = await shop.stripe.paymentMethods.attach(name, { customer: customer.id })
    methods.push(await shop.stripe.paymentMethods.update(id, { allow_redisplay: 'always' }))
  }
  return { customer: customer.id, methods }
}
const usable = async (customer: string) =>
  (await shop.stripe.customers.listPaymentMethods(customer)).data.map(({ card }) => card?.brand)
const paidWith = async () => {
  const { payment_intent } = await visitor.session()
  const intent = await shop.stripe.paymentIntents.retrieve(String(payment_intent))
  return shop.stripe.paymentMethods.retrieve(String(intent.payment_method))
}

describe('a saved card', () => {
  it('pays without being typed again', async () => {
    const { customer, methods } = await returningCustomer()
    visitor = await shop.visit({ query: { show: 'total' }, session: { customer } })
    await visitor.payment.getByRole('radio', { name: 'Visa ending in 4242' }).check()
    await visitor.output('Ready').filter({ hasText: 'true' }).waitFor()
    await visitor.pay()
    await visitor.returns()
    expect((await paidWith()).id).toBe(methods[0]?.id)
  })

  it('stands beside a new one, and goes when the buyer says so', async () => {
    const { customer } = await returningCustomer()
    visitor = await shop.visit({
      query: { show: 'total' },
      session: { customer, saved_payment_method_options: { payment_method_remove: 'enabled' } },
    })
    const { payment } = visitor
    await payment.getByRole('radio', { name: 'Mastercard ending in 4444' }).check()
    await payment.getByRole('button', { name: 'Remove: Mastercard ending in 4444' }).click()
    await payment.getByRole('button', { name: 'Remove now: Mastercard ending in 4444' }).click()
    await payment.getByRole('radio', { name: 'Mastercard ending in 4444' }).waitFor({ state: 'detached' })
    expect(await usable(customer)).toEqual(['visa'])
    await payment.getByLabel('New card').check()
    await typeCard(payment, '4242424242424242')
    await visitor.pay()
    await visitor.returns()
    expect((await paidWith()).customer).toBeNull()
  })
})

describe('the box under a new card', () => {
  const offer = { saved_payment_method_options: { payment_method_save: 'enabled' as const } }

  // Mutant: sending the box's value always (or never) keeps a card without consent, or drops one given.
  it.each([
    [true, 'always'],
    [false, 'unspecified'],
  ])('ticked: %s leaves the card %s', async (ticked, redisplay) => {
    visitor = await shop.visit({ query: { show: 'total', email }, session: offer })
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.payment.getByLabel('Save my payment information for next time').setChecked(ticked)
    await visitor.pay()
    await visitor.returns()
    const method = await paidWith()
    expect([method.allow_redisplay, method.customer !== null]).toEqual([redisplay, ticked])
  })
})

describe('a session', () => {
  it('that charges the card again later says so', async () => {
    visitor = await shop.visit({
      query: { show: 'total', email },
      session: { payment_intent_data: { setup_future_usage: 'off_session' } },
    })
    await visitor.payment.getByText('you allow Sandbox to charge your card for future payments').waitFor()
  })

  it('that costs nothing needs no payment details', async () => {
    visitor = await shop.visit({ amount: 0, query: { show: 'total', email } })
    await visitor.payment.getByText('Nothing is due now').waitFor()
    await visitor.output('Ready').filter({ hasText: 'true' }).waitFor()
    await visitor.pay()
    await visitor.returns()
    expect((await visitor.session()).payment_status).toBe('no_payment_required')
  })
})
