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

describe('paying by card', () => {
  it('returns to the shop with a paid session', async () => {
    visitor = await shop.visit({})
    await visitor.contact.getByLabel('Email').fill(email)
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.output('Ready').filter({ hasText: 'true' }).waitFor()
    await visitor.pay()
    await visitor.returns()
    const paid = await visitor.session()
    expect([paid.status, paid.payment_status]).toEqual(['complete', 'paid'])
    expect(paid.customer_details?.email).toBe(email)
  })

  it('stays on the page where a redirect is not needed', async () => {
    visitor = await shop.visit({ query: { show: 'total,stay', email } })
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.pay()
    await visitor.output('Done').filter({ hasText: 'complete' }).waitFor()
  })

  it('says why a card is declined, and takes another', async () => {
    visitor = await shop.visit({ query: { email } })
    await typeCard(visitor.payment, '4000000000009995')
    await visitor.pay()
    await visitor.hears('paymentFailed: Your card has insufficient funds.')
    expect((await visitor.session()).status).toBe('open')
    await visitor.payment.getByLabel('Card number').fill('4242424242424242')
    await visitor.pay()
    await visitor.returns()
  })

  it('shows a wrong security code beside its field', async () => {
    visitor = await shop.visit({ query: { email } })
    await typeCard(visitor.payment, '4000000000000127')
    await visitor.pay()
    await visitor.payment.getByText('security code is incorrect').waitFor()
  })

  it('never lets the number reach the shop or a session', async () => {
    visitor = await shop.visit({ query: { email } })
    const carriers: string[] = []
    visitor.page.on('request', (request) => {
      if (request.postData()?.includes('4242424242424242')) carriers.push(new URL(request.url()).pathname)
    })
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.pay()
    await visitor.returns()
    expect(carriers).toEqual(['/_js/payment_methods'])
  })

  it('goes through 3-D Secure, failed and passed', async () => {
    visitor = await shop.visit({ query: { email } })
    const bank = visitor.page.frameLocator('iframe[name=sandbox-authenticate]')
    await typeCard(visitor.payment, '4000002760003184')
    await visitor.pay()
    await bank.getByText('€12.50').waitFor()
    await bank.getByRole('button', { name: 'Fail' }).click()
    await visitor.hears('paymentFailed:')
    expect((await visitor.session()).status).toBe('open')
    await visitor.pay()
    await bank.getByRole('button', { name: 'Complete' }).click()
    await visitor.returns()
    expect((await visitor.session()).payment_status).toBe('paid')
  })
})

describe('paying by bank', () => {
  it('goes to iDEAL’s page and comes back paid', async () => {
    visitor = await shop.visit({ query: { email } })
    await visitor.payment.getByLabel('iDEAL').check()
    await visitor.pay()
    await visitor.page.getByRole('button', { name: 'Authorise' }).click()
    await visitor.returns()
    expect((await visitor.session()).payment_status).toBe('paid')
  })

  it('goes to Bancontact’s page once the account has a name', async () => {
    visitor = await shop.visit({ query: { email } })
    await visitor.payment.getByLabel('Bancontact').check()
    await visitor.pay()
    await visitor.payment.getByText('Please give your full name.').waitFor()
    await visitor.payment.getByLabel('Full name').fill('Jenny Rosen')
    await visitor.pay()
    await visitor.page.getByRole('button', { name: 'Authorise' }).click()
    await visitor.returns()
    expect((await visitor.session()).payment_status).toBe('paid')
  })

  it('comes back from a refusal with the session still open', async () => {
    visitor = await shop.visit({ query: { email } })
    await visitor.payment.getByLabel('iDEAL').check()
    await visitor.pay()
    await visitor.page.getByRole('button', { name: 'Fail' }).click()
    await visitor.returns()
    expect((await visitor.session()).status).toBe('open')
  })

  it('takes an IBAN with its mandate; the money is on its way', async () => {
    visitor = await shop.visit({ query: { email } })
    await visitor.payment.getByLabel('SEPA direct debit').check()
    await visitor.payment.getByText('By providing your IBAN').waitFor()
    await visitor.payment.getByLabel('IBAN').fill('DE89370400440532013000')
    await visitor.payment.getByLabel('Full name').fill('Jenny Rosen')
    await visitor.pay()
    await visitor.returns()
    const debit = await visitor.session()
    expect([debit.status, debit.payment_status]).toEqual(['complete', 'unpaid'])
  })

  it('is offered in euros only', async () => {
    visitor = await shop.visit({ currency: 'usd' })
    await visitor.payment.getByLabel('Card number').waitFor()
    expect(await visitor.payment.getByLabel('iDEAL').count()).toBe(0)
    expect(await visitor.payment.getByLabel('ZIP code').count()).toBe(1)
  })
})
