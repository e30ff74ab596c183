import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openShop, typeCard, type Visitor } from './testing/shop'

type Shop = Awaited<ReturnType<typeof openShop>>
let shop: Shop
let visitor: Visitor

beforeAll(async () => {
  shop = await openShop()
}, 60_000)
afterAll(() => shop?.close())
afterEach(async () => {
  await visitor.page.context().close()
  expect(visitor.complaints).toEqual([])
})

const email = 'jenny@example.com'
const pay = () => visitor.page.getByRole('button', { name: 'Pay' }).click()
const message = (text: string) => visitor.page.getByRole('alert').filter({ hasText: text }).waitFor()
const returned = () => visitor.page.waitForURL(`${shop.url}/done?session_id=${visitor.sessionId}`)
const output = (name: string) => visitor.page.getByLabel(name, { exact: true })
const session = () => shop.stripe.checkout.sessions.retrieve(visitor.sessionId)

describe('paying by card', () => {
  it('returns to the shop with a paid session', async () => {
    visitor = await shop.visit({})
    await visitor.contact.getByLabel('Email').fill(email)
    await typeCard(visitor.payment, '4242424242424242')
    await output('Ready').filter({ hasText: 'true' }).waitFor()
    await pay()
    await returned()
    const paid = await session()
    expect([paid.status, paid.payment_status]).toEqual(['complete', 'paid'])
    expect(paid.customer_details?.email).toBe(email)
  })

  it('stays on the page where a redirect is not needed', async () => {
    visitor = await shop.visit({ query: { show: 'total,stay', email } })
    await typeCard(visitor.payment, '4242424242424242')
    await pay()
    await output('Done').filter({ hasText: 'complete' }).waitFor()
  })

  it('says why a card is declined, and takes another', async () => {
    visitor = await shop.visit({ query: { email } })
    await typeCard(visitor.payment, '4000000000009995')
    await pay()
    await message('paymentFailed: Your card has insufficient funds.')
    expect((await session()).status).toBe('open')
    await visitor.payment.getByLabel('Card number').fill('4242424242424242')
    await pay()
    await returned()
  })

  it('shows a wrong security code beside its field', async () => {
    visitor = await shop.visit({ query: { email } })
    await typeCard(visitor.payment, '4000000000000127')
    await pay()
    await visitor.payment.getByText('security code is incorrect').waitFor()
  })

  it('never lets the number reach the shop or a session', async () => {
    visitor = await shop.visit({ query: { email } })
    const carriers: string[] = []
    visitor.page.on('request', (request) => {
      if (request.postData()?.includes('4242424242424242')) carriers.push(new URL(request.url()).pathname)
    })
    await typeCard(visitor.payment, '4242424242424242')
    await pay()
    await returned()
    expect(carriers).toEqual(['/_js/payment_methods'])
  })

  it('goes through 3-D Secure, failed and passed', async () => {
    visitor = await shop.visit({ query: { email } })
    const bank = visitor.page.frameLocator('iframe[name=sandbox-authenticate]')
    await typeCard(visitor.payment, '4000002760003184')
    await pay()
    await bank.getByText('€12.50').waitFor()
    await bank.getByRole('button', { name: 'Fail' }).click()
    await message('paymentFailed:')
    expect((await session()).status).toBe('open')
    await pay()
    await bank.getByRole('button', { name: 'Complete' }).click()
    await returned()
    expect((await session()).payment_status).toBe('paid')
  })
})

describe('paying by bank', () => {
  it('goes to iDEAL’s page and comes back paid', async () => {
    visitor = await shop.visit({ query: { email } })
    await visitor.payment.getByLabel('iDEAL').check()
    await pay()
    await visitor.page.getByRole('button', { name: 'Authorise' }).click()
    await returned()
    expect((await session()).payment_status).toBe('paid')
  })

  it('comes back from a refusal with the session still open', async () => {
    visitor = await shop.visit({ query: { email } })
    await visitor.payment.getByLabel('iDEAL').check()
    await pay()
    await visitor.page.getByRole('button', { name: 'Fail' }).click()
    await returned()
    expect((await session()).status).toBe('open')
  })

  it('takes an IBAN with its mandate; the money is on its way', async () => {
    visitor = await shop.visit({ query: { email } })
    await visitor.payment.getByLabel('SEPA direct debit').check()
    await visitor.payment.getByText('By providing your IBAN').waitFor()
    await visitor.payment.getByLabel('IBAN').fill('DE89370400440532013000')
    await visitor.payment.getByLabel('Full name').fill('Jenny Rosen')
    await pay()
    await returned()
    const debit = await session()
    expect([debit.status, debit.payment_status]).toEqual(['complete', 'unpaid'])
  })

  it('is offered in euros only', async () => {
    visitor = await shop.visit({ currency: 'usd' })
    await visitor.payment.getByLabel('Card number').waitFor()
    expect(await visitor.payment.getByLabel('iDEAL').count()).toBe(0)
    expect(await visitor.payment.getByLabel('ZIP code').count()).toBe(1)
  })
})

describe('the page', () => {
  it('changes a quantity within its bounds and sees the new total', async () => {
    visitor = await shop.visit({})
    const more = visitor.page.getByRole('button', { name: 'More' })
    await more.click()
    await output('Total').filter({ hasText: '€25.00' }).waitFor()
    visitor.page.removeAllListeners('console')
    await more.click()
    await visitor.page.getByRole('alert').filter({ hasText: /./ }).waitFor()
    expect(await output('Total').textContent()).toBe('€25.00')
  })

  it('must show the total before it may confirm', async () => {
    visitor = await shop.visit({ query: { show: 'contact', email } })
    await typeCard(visitor.payment, '4242424242424242')
    await pay()
    await message('IntegrationError: Your page must display the total')
    expect((await session()).status).toBe('open')
  })

  it('is not ready before every element is complete', async () => {
    visitor = await shop.visit({})
    await typeCard(visitor.payment, '4242424242424242')
    expect(await output('Ready').textContent()).toBe('false')
    await pay()
    await visitor.contact.getByText('Your email is incomplete.').waitFor()
    await visitor.contact.getByLabel('Email').fill(email)
    await output('Ready').filter({ hasText: 'true' }).waitFor()
    await visitor.payment.getByLabel('Security code').fill('1')
    await output('Ready').filter({ hasText: 'false' }).waitFor()
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
    const address = visitor.page.frameLocator('iframe[name=sandbox-address]')
    await address.getByLabel('Full name').fill('Jenny Rosen')
    await address.getByLabel('Country').selectOption('DE')
    await address.getByLabel('Address').fill('Torstraße 1')
    await address.getByLabel('Postal code').fill('10119')
    await address.getByLabel('City').fill('Berlin')
    await typeCard(visitor.payment, '4242424242424242')
    await pay()
    await returned()
    const details = (await session()).customer_details
    expect([details?.name, details?.address?.country, details?.address?.city]).toEqual([
      'Jenny Rosen',
      'DE',
      'Berlin',
    ])
  })

  it('writes amounts of currencies without and with three decimals', async () => {
    visitor = await shop.visit({ currency: 'jpy', amount: 3500 })
    await output('Total').filter({ hasText: '¥3,500' }).waitFor()
    expect(await output('Divisor').textContent()).toBe('1')
    await visitor.page.context().close()
    visitor = await shop.visit({ currency: 'kwd', amount: 12_340 })
    await output('Total').filter({ hasText: '12.340' }).waitFor()
    expect(await output('Divisor').textContent()).toBe('1000')
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
    await pay()
    await visitor.payment.getByText('Die Kartennummer ist unvollständig.').waitFor()
    expect(await output('Total').textContent()).toMatch(/12,50/)
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
})
