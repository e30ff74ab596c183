import AxeBuilder from '@axe-core/playwright'
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

describe('the page', () => {
  it('changes a quantity within its bounds and sees the new total', async () => {
    visitor = await shop.visit({})
    const more = visitor.page.getByRole('button', { name: 'More' })
    await more.click()
    await visitor.output('Total').filter({ hasText: '€25.00' }).waitFor()
    await more.click()
    await visitor.hears(/must be between/)
    expect(await visitor.output('Total').textContent()).toBe('€25.00')
  })

  it('must show the total before it may confirm', async () => {
    visitor = await shop.visit({ query: { show: 'contact', email } })
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.pay()
    await visitor.hears('IntegrationError: Your page must display the total')
    expect((await visitor.session()).status).toBe('open')
  })

  it('is not ready before every element is complete', async () => {
    visitor = await shop.visit({})
    await typeCard(visitor.payment, '4242424242424242')
    expect(await visitor.output('Ready').textContent()).toBe('false')
    await visitor.pay()
    await visitor.contact.getByText('Your email is incomplete.').waitFor()
    await visitor.contact.getByLabel('Email').fill(email)
    await visitor.output('Ready').filter({ hasText: 'true' }).waitFor()
    await visitor.payment.getByLabel('Security code').fill('1')
    await visitor.output('Ready').filter({ hasText: 'false' }).waitFor()
  })

  it('cannot change an address that the shop has set', async () => {
    visitor = await shop.visit({ session: { customer_email: 'set@example.com' } })
    const field = visitor.contact.getByLabel('Email')
    await visitor.contact.getByText('This address is set for this purchase.').waitFor()
    expect(await field.inputValue()).toBe('set@example.com')
    expect(await field.isEditable()).toBe(false)
  })

  it('collects a billing address', async () => {
    visitor = await shop.visit({
      query: { show: 'total,billing', email },
      session: { billing_address_collection: 'required' },
    })
    const address = visitor.billing
    await address.getByLabel('Full name').fill('Jenny Rosen')
    await address.getByLabel('Country').selectOption('DE')
    await address.getByLabel('Address').fill('Torstraße 1')
    await address.getByLabel('Postal code').fill('10119')
    await address.getByLabel('City').fill('Berlin')
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.pay()
    await visitor.returns()
    const details = (await visitor.session()).customer_details
    expect([details?.name, details?.address?.country, details?.address?.city]).toEqual([
      'Jenny Rosen',
      'DE',
      'Berlin',
    ])
  })

  it('writes amounts of currencies without and with three decimals', async () => {
    visitor = await shop.visit({ currency: 'jpy', amount: 3500 })
    await visitor.output('Total').filter({ hasText: '¥3,500' }).waitFor()
    expect(await visitor.output('Divisor').textContent()).toBe('1')
    await visitor.leave()
    visitor = await shop.visit({ currency: 'kwd', amount: 12_340 })
    await visitor.output('Total').filter({ hasText: '12.340' }).waitFor()
    expect(await visitor.output('Divisor').textContent()).toBe('1000')
  })
})

describe('the elements', () => {
  it('wear the appearance of the shop', async () => {
    visitor = await shop.visit({ query: { theme: 'night', primary: 'rgb(1, 200, 3)' } })
    const input = visitor.payment.getByLabel('Card number')
    await input.focus()
    const look = await input.evaluate((node) => {
      const { borderColor, borderRadius } = getComputedStyle(node)
      return { borderColor, borderRadius, scheme: getComputedStyle(document.documentElement).colorScheme }
    })
    expect(look).toEqual({ borderColor: 'rgb(1, 200, 3)', borderRadius: '10px', scheme: 'dark' })
  })

  it('speak the language that was asked for', async () => {
    visitor = await shop.visit({ query: { locale: 'de' } })
    await visitor.payment.getByLabel('Kartennummer').fill('4242')
    await visitor.pay()
    await visitor.payment.getByText('Die Kartennummer ist unvollständig.').waitFor()
    expect(await visitor.output('Total').textContent()).toMatch(/12,50/)
  })

  it('fill themselves in from the list of test cards', async () => {
    visitor = await shop.visit({ query: { layout: 'tabs' } })
    await visitor.payment.getByText('Test cards').click()
    await visitor.payment.getByRole('button', { name: /4242 4242/ }).click()
    expect(await visitor.payment.getByLabel('Card number').inputValue()).toBe('4242 4242 4242 4242')
  })

  it('take the room they need, no more and no less', async () => {
    visitor = await shop.visit({})
    const frame = visitor.page.locator('iframe[name=sandbox-payment]')
    const fits = async () => {
      const inner = await visitor.payment
        .locator('#root')
        .evaluate((node) => node.getBoundingClientRect().height)
      const outer = (await frame.boundingBox())?.height ?? 0
      return Math.abs(outer - inner - 8) <= 1
    }
    await expect.poll(fits).toBe(true)
    await visitor.payment.getByLabel('SEPA direct debit').check()
    await expect.poll(fits).toBe(true)
  })

  it.each([
    { locale: 'en', dir: 'ltr' },
    { locale: 'ar', dir: 'rtl' },
  ])('pass the checks of WCAG 2.2 AA, $dir', async ({ locale, dir }) => {
    const show = 'total,express,contact,tax,shipping,phone,billing'
    visitor = await shop.visit({
      query: { show, locale },
      session: {
        tax_id_collection: { enabled: true },
        saved_payment_method_options: { payment_method_save: 'enabled' },
      },
    })
    const root = visitor.payment.locator('html')
    await visitor.payment.getByText('Test cards').click()
    expect([await root.getAttribute('dir'), await root.getAttribute('lang')]).toEqual([dir, 'en'])
    await visitor.payment.getByLabel('Card number').fill('4242 4242 4242 4241')
    await visitor.payment.getByLabel('Card number').blur()
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const { violations } = await new AxeBuilder({ page: visitor.page }).withTags(tags).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
    const mark = (await visitor.payment.getByText('Sandbox', { exact: true }).boundingBox())?.x ?? 0
    const number = (await visitor.payment.getByLabel('Card number').boundingBox())?.x ?? 0
    expect(mark < number).toBe(dir === 'rtl')
  })

  it('keep the page where it is while they load', async () => {
    visitor = await shop.visit({
      query: { show: 'total,express,contact,shipping,phone,billing,tax,currency' },
      session: {
        tax_id_collection: { enabled: true },
        saved_payment_method_options: { payment_method_save: 'enabled' },
      },
    })
    await visitor.payment.getByLabel('Card number').waitFor()
    console.log(
      JSON.stringify(
        await visitor.page.evaluate(() =>
          [...document.querySelectorAll('iframe')].map((f) => [f.name, f.style.height]),
        ),
      ),
    )
    const shift = await visitor.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries())
              sum += (entry as PerformanceEntry & { value: number }).value
          }).observe({ type: 'layout-shift', buffered: true })
          setTimeout(() => resolve(sum), 300)
        }),
    )
    expect(shift).toBeLessThan(0.01)
  })

  it('let the keyboard go from field to field and choose a way to pay', async () => {
    visitor = await shop.visit({ query: { email } })
    await visitor.payment.getByLabel('Card number').focus()
    await visitor.page.keyboard.type('4242424242424242')
    await visitor.page.keyboard.press('Tab')
    await visitor.page.keyboard.type('1234')
    await visitor.page.keyboard.press('Tab')
    await visitor.page.keyboard.type('123')
    expect(await visitor.payment.getByLabel('Expiration date').inputValue()).toBe('12 / 34')
    await visitor.output('Ready').filter({ hasText: 'true' }).waitFor()
    await visitor.payment.getByRole('radio', { name: 'Card' }).focus()
    await visitor.page.keyboard.press('ArrowDown')
    await visitor.payment.getByText('You continue at your bank').waitFor()
  })

  it('lead to the first field that is wrong', async () => {
    visitor = await shop.visit({})
    await typeCard(visitor.payment, '4242424242424241')
    await visitor.pay()
    await visitor.payment.getByText('Your card number is invalid.').waitFor()
    const focused = () =>
      visitor.contact.getByLabel('Email').evaluate((node) => node === document.activeElement)
    await expect.poll(focused).toBe(true)
    expect(await visitor.page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe(
      'sandbox-contactDetails',
    )
  })
})
