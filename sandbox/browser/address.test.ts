import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { fillAddress, openShop, type Shop, typeCard, type Visitor } from './testing/shop'

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

const both = { show: 'total,shipping,billing', email }
const addresses = async () => {
  const { collected_information, customer_details } = await visitor.session()
  return {
    shipping: [
      collected_information?.shipping_details?.name,
      collected_information?.shipping_details?.address.city,
    ],
    billing: [customer_details?.name, customer_details?.address?.city],
  }
}

describe('two address elements', () => {
  it('are one address while the box says so', async () => {
    visitor = await shop.visit({ query: both })
    await fillAddress(visitor.shipping, { name: 'Jenny Rosen', city: 'Berlin' })
    expect(await visitor.billing.getByLabel('Billing address is the same as shipping').isChecked()).toBe(true)
    expect(await visitor.billing.getByLabel('City').isVisible()).toBe(false)
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.output('Ready').filter({ hasText: 'true' }).waitFor()
    await visitor.pay()
    await visitor.returns()
    expect(await addresses()).toEqual({
      shipping: ['Jenny Rosen', 'Berlin'],
      billing: ['Jenny Rosen', 'Berlin'],
    })
  })

  it('are two once it is cleared, and survive a reload', async () => {
    visitor = await shop.visit({ query: both })
    await fillAddress(visitor.shipping, { name: 'Jenny Rosen', city: 'Berlin' })
    await visitor.billing.getByLabel('Billing address is the same as shipping').uncheck()
    await fillAddress(visitor.billing, { name: 'Rosen Ltd', city: 'Hamburg' })
    await expect
      .poll(addresses)
      .toEqual({ shipping: ['Jenny Rosen', 'Berlin'], billing: ['Rosen Ltd', 'Hamburg'] })
    await visitor.page.reload()
    await visitor.billing.getByLabel('City').waitFor()
    expect(await visitor.billing.getByLabel('City').inputValue()).toBe('Hamburg')
    expect(await visitor.shipping.getByLabel('City').inputValue()).toBe('Berlin')
    expect(await visitor.billing.getByRole('checkbox').isChecked()).toBe(false)
  })
})

describe('an address element', () => {
  it('offers the countries the shop sends to', async () => {
    visitor = await shop.visit({
      query: { show: 'total,shipping', email },
      session: { shipping_address_collection: { allowed_countries: ['FR', 'DE'] } },
    })
    const options = visitor.shipping.getByLabel('Country').locator('option')
    await options.first().waitFor({ state: 'attached' })
    expect(await options.allTextContents()).toEqual(['France', 'Germany'])
    expect(await visitor.output('Ready').textContent()).toBe('false')
  })

  it('asks for two names and a phone number where the page wants them', async () => {
    visitor = await shop.visit({
      query: { show: 'total,shipping,split,phone', email },
      session: { phone_number_collection: { enabled: true } },
    })
    const { shipping } = visitor
    await fillAddress(shipping, { name: null, city: 'Berlin' })
    await shipping.getByLabel('First name').fill('Jenny')
    await shipping.getByLabel('Last name').fill('Rosen')
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.pay()
    await shipping.getByText('Your phone number is incomplete.').waitFor()
    await shipping.getByLabel('Phone').fill('+49 30 123456')
    await visitor.output('Ready').filter({ hasText: 'true' }).waitFor()
    await visitor.pay()
    await visitor.returns()
    const { customer_details, collected_information } = await visitor.session()
    expect([customer_details?.phone, collected_information?.shipping_details?.name]).toEqual([
      '+49 30 123456',
      'Jenny Rosen',
    ])
  })
})
