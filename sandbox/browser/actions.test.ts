import type { StripeUseCheckoutElementsResult } from '@stripe/react-stripe-js/checkout'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openShop, type Shop, typeCard, type Visitor } from './testing/shop'

type Checkout = Extract<StripeUseCheckoutElementsResult, { type: 'success' }>['checkout']
type PageWindow = { checkout: Checkout; editSession: () => Promise<void> }

let shop: Shop
let visitor: Visitor

beforeAll(async () => {
  shop = await openShop()
}, 60_000)
afterAll(() => shop?.close())
afterEach(async () => {
  expect(await visitor.leave()).toEqual([])
})

const ready = () => visitor.payment.getByLabel('Card number').waitFor()

describe('an action', () => {
  it('answers a half or wrong e-mail address with a typed error', async () => {
    visitor = await shop.visit({})
    await ready()
    const results = await visitor.page.evaluate(async () => {
      const { checkout } = window as unknown as PageWindow
      return [
        await checkout.updateEmail('jenny'),
        await checkout.updateEmail('jenny@@example'),
        await checkout.updateEmail('jenny@example.com'),
      ].map((result) => (result.type === 'error' ? result.error.code : result.session.email))
    })
    expect(results).toEqual(['incompleteEmail', 'invalidEmail', 'jenny@example.com'])
    expect(await visitor.contact.getByLabel('Email').inputValue()).toBe('jenny@example.com')
  })

  it('throws where the shop has set the address', async () => {
    visitor = await shop.visit({ session: { customer_email: 'set@example.com' } })
    await ready()
    const thrown = await visitor.page.evaluate(() =>
      (window as unknown as PageWindow).checkout
        .updateEmail('other@example.com')
        .catch((error) => error.name),
    )
    expect(thrown).toBe('IntegrationError')
  })

  it('passes on what the session does not offer', async () => {
    visitor = await shop.visit({})
    await ready()
    const codes = await visitor.page.evaluate(async () => {
      const { checkout } = window as unknown as PageWindow
      const results = [
        await checkout.applyPromotionCode('SPRING20'),
        await checkout.updateShippingOption('shr_1'),
        await checkout.addOptionalLineItem('price_1'),
      ]
      return results.map((result) => result.type === 'error' && result.error.code)
    })
    expect(codes).toEqual(['invalidCode', null, null])
  })

  it('sees what the shop’s server changed', async () => {
    visitor = await shop.visit({ query: { email: 'jenny@example.com' } })
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.output('Ready').filter({ hasText: 'true' }).waitFor()
    const { page, id } = visitor
    await page.exposeFunction('editSession', async () => {
      const { data } = await shop.stripe.checkout.sessions.listLineItems(id)
      const line_items = data.map((item) => ({ id: item.id, quantity: 2 }))
      await shop.stripe.checkout.sessions.update(id, { line_items })
    })
    const seen = await page.evaluate(async () => {
      const { checkout, editSession } = window as unknown as PageWindow
      let meanwhile: string | null | undefined
      const result = await checkout.runServerUpdate(async () => {
        await new Promise((resolve) => setTimeout(resolve, 100))
        meanwhile = document.querySelector('[aria-label=Ready]')?.textContent
        await editSession()
      })
      return { meanwhile, total: result.type === 'success' && result.session.total.total.amount }
    })
    expect(seen).toEqual({ meanwhile: 'false', total: '€25.00' })
    await visitor.output('Ready').filter({ hasText: 'true' }).waitFor()
  })
})

describe('confirming', () => {
  it('twice at once pays once', async () => {
    visitor = await shop.visit({ query: { email: 'jenny@example.com' } })
    await typeCard(visitor.payment, '4242424242424242')
    await visitor.output('Ready').filter({ hasText: 'true' }).waitFor()
    const types = await visitor.page.evaluate(async () => {
      const { checkout } = window as unknown as PageWindow
      const press = () => checkout.confirm({ redirect: 'if_required' })
      return (await Promise.all([press(), press()])).map(({ type }) => type)
    })
    expect(types).toEqual(['success', 'success'])
    const { payment_intent } = await visitor.session()
    const charges = await shop.stripe.charges.list({ payment_intent: String(payment_intent) })
    expect(charges.data.map(({ status }) => status)).toEqual(['succeeded'])
  })

  it('says when the session has ended meanwhile', async () => {
    visitor = await shop.visit({ query: { email: 'jenny@example.com' } })
    await typeCard(visitor.payment, '4242424242424242')
    await shop.stripe.checkout.sessions.expire(visitor.id)
    await visitor.pay()
    await visitor.hears(/expired/)
    const status = await visitor.page.evaluate(() => (window as unknown as PageWindow).checkout.status.type)
    expect(status).toBe('expired')
  })

  it('lists what is wrong in each element', async () => {
    visitor = await shop.visit({})
    await ready()
    const errors = await visitor.page.evaluate(async () => {
      const result = await (window as unknown as PageWindow).checkout.validateElements()
      return result.type === 'error' ? result.error.validation_errors : []
    })
    expect(errors).toEqual([
      { element: 'contactDetails', message: 'Your email is incomplete.' },
      { element: 'payment', message: 'Your card number is incomplete.' },
    ])
  })
})
