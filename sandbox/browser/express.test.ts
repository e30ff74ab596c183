import AxeBuilder from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openShop, type Shop, type Visitor } from './testing/shop'

let shop: Shop
let visitor: Visitor

beforeAll(async () => {
  shop = await openShop()
}, 60_000)
afterAll(() => shop?.close())
afterEach(async () => {
  expect(await visitor.leave()).toEqual([])
})

const press = () => visitor.express.getByRole('button', { name: 'Pay with Sandbox Pay' }).click()
const agree = () => visitor.wallet.getByRole('button', { name: 'Pay €12.50' }).click()
const show = 'total,express,contact'

describe('the wallet', () => {
  it('pays with nothing filled in, and tells who paid', async () => {
    visitor = await shop.visit({ query: { show } })
    await press()
    await agree()
    await visitor.returns()
    const { customer_details, payment_intent } = await visitor.session()
    expect([customer_details?.email, customer_details?.name, customer_details?.address?.city]).toEqual([
      'jenny.rosen@example.com',
      'Jenny Rosen',
      'Berlin',
    ])
    const { payment_method } = await shop.stripe.paymentIntents.retrieve(String(payment_intent), {
      expand: ['payment_method'],
    })
    expect(payment_method).toMatchObject({ card: { wallet: { type: 'google_pay' } } })
  })

  it('asks where to send the goods, and how, before it pays', async () => {
    const rate = (display_name: string, amount: number) => ({
      shipping_rate_data: {
        display_name,
        type: 'fixed_amount' as const,
        fixed_amount: { amount, currency: 'eur' },
      },
    })
    visitor = await shop.visit({
      query: { show },
      session: {
        shipping_address_collection: { allowed_countries: ['DE', 'FR'] },
        shipping_options: [rate('Post', 500), rate('Courier', 1500)],
      },
    })
    await press()
    const { wallet } = visitor
    await wallet.getByLabel('Deliver to').selectOption({ label: '12 Rue de Rivoli, 75004 Paris, FR' })
    expect(await wallet.getByLabel('Deliver to').locator('option').count()).toBe(2)
    await wallet.getByLabel('Courier').check()
    await visitor.output('Total').filter({ hasText: '€27.50' }).waitFor()
    await wallet.getByRole('button', { name: 'Pay €27.50' }).click()
    await visitor.returns()
    const { amount_total, collected_information } = await visitor.session()
    expect([amount_total, collected_information?.shipping_details?.address.city]).toEqual([2750, 'Paris'])
  })

  it('closes without a trace when it is cancelled', async () => {
    visitor = await shop.visit({ query: { show } })
    await press()
    await visitor.wallet.getByRole('button', { name: 'Cancel' }).click()
    await visitor.hears('cancelled')
    await press()
    await visitor.wallet.getByRole('button', { name: 'Pay €12.50' }).focus()
    await visitor.page.keyboard.press('Escape')
    await visitor.page.locator('iframe[name=sandbox-wallet]').waitFor({ state: 'detached' })
    expect((await visitor.session()).status).toBe('open')
  })

  it('leaves the page to say why its card was declined, and goes through 3-D Secure', async () => {
    visitor = await shop.visit({ query: { show } })
    await press()
    await visitor.wallet
      .getByLabel('Card')
      .selectOption({ label: 'Visa ending in 9995 (insufficient funds)' })
    await agree()
    await visitor.hears('paymentFailed: Your card has insufficient funds.')
    await press()
    await visitor.wallet
      .getByLabel('Card')
      .selectOption({ label: 'Visa ending in 3184 (asks for 3-D Secure)' })
    await agree()
    await visitor.page
      .frameLocator('iframe[name=sandbox-authenticate]')
      .getByRole('button', { name: 'Complete' })
      .click()
    await visitor.returns()
    expect((await visitor.session()).payment_status).toBe('paid')
  })

  it('is usable by everybody', async () => {
    visitor = await shop.visit({ query: { show } })
    await press()
    await visitor.wallet.getByRole('button', { name: 'Pay €12.50' }).waitFor()
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const { violations } = await new AxeBuilder({ page: visitor.page }).withTags(tags).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
  })
})

describe('the express checkout element', () => {
  it('says which wallets there are, and takes no room without one', async () => {
    visitor = await shop.visit({ query: { show } })
    await visitor.output('Wallets').filter({ hasText: '"googlePay":true' }).waitFor()
    await visitor.leave()
    await shop.setWallets(false)
    visitor = await shop.visit({ query: { show } })
    await visitor.output('Wallets').filter({ hasText: 'null' }).waitFor()
    const frame = visitor.page.locator('iframe[name=sandbox-expressCheckout]')
    await expect.poll(async () => (await frame.boundingBox())?.height).toBe(8)
    await shop.setWallets(true)
  })
})
