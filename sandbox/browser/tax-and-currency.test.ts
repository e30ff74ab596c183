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

const business = { tax_id_collection: { enabled: true } }

describe('a tax ID', () => {
  it('is checked by its country, and reaches the shop with the business’s name', async () => {
    visitor = await shop.visit({ query: { show: 'total,tax', email }, session: business })
    const { taxId } = visitor
    await taxId.getByLabel('Type').selectOption({ label: 'Germany (VAT)' })
    await taxId.getByLabel('Tax ID').fill('DE12')
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.pay()
    await taxId.getByText('Your tax ID is incomplete.').waitFor()
    await taxId.getByLabel('Business name').fill('Rosen Ltd')
    await taxId.getByLabel('Tax ID').fill('DE 123 456 789')
    await visitor.output('Ready').filter({ hasText: 'true' }).waitFor()
    await visitor.pay()
    await visitor.returns()
    const { customer_details } = await visitor.session()
    expect([customer_details?.business_name, customer_details?.tax_ids]).toEqual([
      'Rosen Ltd',
      [{ type: 'eu_vat', value: 'DE123456789' }],
    ])
  })

  it('may be left out, and is asked for only where the session wants it', async () => {
    visitor = await shop.visit({ query: { show: 'total,tax', email }, session: business })
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.taxId.getByLabel('Business name').waitFor()
    await visitor.output('Ready').filter({ hasText: 'true' }).waitFor()
    await visitor.leave()
    visitor = await shop.visit({ query: { show: 'total,tax', email } })
    await visitor.payment.getByLabel('Card number').waitFor()
    const frame = visitor.page.locator('iframe[name=sandbox-taxId]')
    await expect.poll(async () => (await frame.boundingBox())?.height).toBe(8)
  })
})

describe('a currency', () => {
  it('is chosen where the prices have several, and is what is paid', async () => {
    const { id } = await shop.stripe.prices.create({
      currency: 'eur',
      unit_amount: 1000,
      product_data: { name: 'A book' },
      currency_options: { usd: { unit_amount: 1100 } },
    })
    visitor = await shop.visit({
      query: { show: 'total,currency', email },
      session: { line_items: [{ price: id, quantity: 1 }] },
    })
    const dollars = visitor.currency.getByLabel('$11.00')
    await dollars.focus()
    await visitor.page.keyboard.press('Space')
    await visitor.output('Total').filter({ hasText: '$11.00' }).waitFor()
    await visitor.payment.getByLabel('iDEAL').waitFor({ state: 'detached' })
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.payment.getByLabel('ZIP code').fill('10001')
    await visitor.pay()
    await visitor.returns()
    const { payment_intent } = await visitor.session()
    const paid = await shop.stripe.paymentIntents.retrieve(String(payment_intent))
    expect([paid.currency, paid.amount_received]).toEqual(['usd', 1100])
  })
})
