import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openShop, type Shop, typeCard, type Visitor } from './testing/shop'

let shop: Shop
let visitor: Visitor

beforeAll(async () => {
  shop = await openShop()
}, 60_000)
afterAll(() => shop?.close())
afterEach(async () => {
  expect(await visitor.leave()).toEqual([])
})

const bank = () => visitor.page.frameLocator('iframe[name=sandbox-authenticate]')

async function keptCard(name: string) {
  const { id: customer } = await shop.stripe.customers.create({ email: 'jenny@example.com' })
  const { id: method } = await shop.stripe.paymentMethods.attach(name, { customer })
  return { customer, method }
}
const payment = (more: object = {}) =>
  shop.stripe.paymentIntents.create({ amount: 1250, currency: 'eur', ...more })
const status = async (id: string) => (await shop.stripe.paymentIntents.retrieve(id)).status

describe('a payment without a session', () => {
  it('is paid by a card that is typed, and comes back with its outcome in the address', async () => {
    const { id, client_secret } = await payment()
    visitor = await shop.finish(client_secret)
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.pay()
    await visitor.page.waitForURL(/\/done\?/)
    const query = new URL(visitor.page.url()).searchParams
    expect([query.get('payment_intent'), query.get('redirect_status')]).toEqual([id, 'succeeded'])
    expect(await status(id)).toBe('succeeded')
  })

  it('says what is wrong before and after it is confirmed', async () => {
    const { id, client_secret } = await payment()
    visitor = await shop.finish(client_secret, { stay: '1' })
    await visitor.payment.getByLabel('Card number').waitFor()
    await visitor.pay()
    await visitor.hears('validation_error: Your card number is incomplete.')
    await typeCard(visitor.payment, '4000000000009995')
    await visitor.pay()
    await visitor.hears('card_declined: Your card has insufficient funds.')
    expect(await status(id)).toBe('requires_payment_method')
  })

  it('goes to the bank’s page and comes back', async () => {
    const { id, client_secret } = await payment()
    visitor = await shop.finish(client_secret)
    await visitor.payment.getByLabel('iDEAL').check()
    await visitor.pay()
    await visitor.page.getByRole('button', { name: 'Authorise' }).click()
    await visitor.page.waitForURL(/\/done\?.*redirect_status=succeeded/)
    expect(await status(id)).toBe('succeeded')
  })
})

describe('a charge that its bank refused off-session', () => {
  it('is finished by the buyer with the card that is kept', async () => {
    const { customer, method } = await keptCard('pm_card_authenticationRequired')
    const refused = await payment({
      customer,
      payment_method: method,
      off_session: true,
      confirm: true,
    }).catch((error) => error)
    expect(refused.code).toBe('authentication_required')
    const { id, client_secret } = refused.payment_intent
    visitor = await shop.finish(client_secret, { method, stay: '1' })
    await visitor.pay()
    await bank().getByRole('button', { name: 'Fail' }).click()
    await visitor.hears('payment_intent_authentication_failure:')
    await visitor.pay()
    await bank().getByRole('button', { name: 'Complete' }).click()
    await visitor.hears('succeeded')
    expect(await status(id)).toBe('succeeded')
  })
})

describe('a setup without a payment', () => {
  it('keeps the card once the bank has been asked', async () => {
    const { id: customer } = await shop.stripe.customers.create({ email: 'jenny@example.com' })
    const { client_secret } = await shop.stripe.setupIntents.create({ customer })
    visitor = await shop.finish(client_secret, { stay: '1' })
    await visitor.payment.getByText('you allow Sandbox to charge your card').waitFor()
    await typeCard(visitor.payment, '4000002500003155')
    await visitor.pay()
    await bank().getByRole('button', { name: 'Complete' }).click()
    await visitor.hears('succeeded')
    const { data } = await shop.stripe.customers.listPaymentMethods(customer)
    expect(data.map(({ card }) => card?.last4)).toEqual(['3155'])
  })
})
