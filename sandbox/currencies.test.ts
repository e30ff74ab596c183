import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessionView } from './browser/host/session-view'
import type { PageState } from './browser-api'
import { convert, exchangeRate, localCurrency } from './payments/exchange'
import { type Bench, lineOf, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

async function change(session: Stripe.Checkout.Session, body: object) {
  const answer = await bench.post(`/_js/checkout_sessions/${session.id}/update`, {
    client_secret: session.client_secret,
    key: 'pk_test_1',
    ...body,
  })
  return { state: answer.body as unknown as PageState, error: answer.body.error }
}

describe('prices with amounts in several currencies', () => {
  const book = (more: Partial<Stripe.PriceCreateParams> = {}) =>
    bench.stripe.prices.create({
      currency: 'eur',
      unit_amount: 1000,
      product_data: { name: 'A book' },
      currency_options: { usd: { unit_amount: 1100 }, jpy: { unit_amount: 1500 } },
      ...more,
    })

  test('show them to who asks, and take more', async () => {
    const { id, currency_options: hidden } = await book()
    expect(hidden).toBeUndefined()
    await bench.stripe.prices.update(id, { currency_options: { gbp: { unit_amount: 900 } } })
    const shown = await bench.stripe.prices.retrieve(id, { expand: ['currency_options'] })
    expect(Object.keys(shown.currency_options ?? {})).toEqual(['usd', 'jpy', 'gbp'])
    const wrong = book({ currency_options: { kwd: { unit_amount: 1005 } } })
    await expect(wrong).rejects.toMatchObject({ param: 'currency_options[kwd][unit_amount]' })
  })

  test('are sold in the currency the session is made in', async () => {
    const { id } = await book()
    const line_items = [{ price: id, quantity: 2 }]
    expect(await bench.session({ line_items, currency: 'usd' })).toMatchObject({
      currency: 'usd',
      amount_total: 2200,
      payment_method_types: ['card'],
    })
    await expect(bench.session({ line_items, currency: 'gbp' })).rejects.toMatchObject({
      param: 'line_items[0][price]',
    })
  })

  // Mutants: the coupon's euros taken off dollars, a currency offered that one line lacks.
  test('let the buyer choose, coupon and shipping included', async () => {
    const { id } = await book()
    const coupon = await bench.stripe.coupons.create({
      amount_off: 100,
      currency: 'eur',
      currency_options: { usd: { amount_off: 150 } },
    })
    const fixed_amount = { amount: 300, currency: 'eur', currency_options: { usd: { amount: 400 } } }
    const session = await bench.session({
      line_items: [{ price: id, quantity: 1 }],
      discounts: [{ coupon: coupon.id }],
      shipping_options: [{ shipping_rate_data: { display_name: 'P', fixed_amount } }],
    })
    const { state } = await change(session, { currency: 'usd' })
    expect(state.currency_options?.map(({ currency, amount }) => [currency, amount])).toEqual([
      ['usd', 1350],
      ['eur', 1200],
    ])
    const view = sessionView(state, 'en', true)
    expect(view).toMatchObject({
      currency: 'usd',
      currencyOptions: [
        { currency: 'usd', amount: '$13.50' },
        { currency: 'eur', amount: '€12.00' },
      ],
      total: { total: { amount: '$13.50' } },
      shippingOptions: [{ amount: '$4.00' }],
    })
    expect(view.lineItems[0]?.unitAmount.amount).toBe('$11.00')
    expect((await change(session, { currency: 'jpy' })).error).toMatchObject({ param: 'currency' })
    await bench.pay(session.id)
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
    expect(paid).toMatchObject({ currency: 'usd', amount_total: 1350 })
    expect(paid.payment_intent).toMatchObject({ currency: 'usd', amount: 1350 })
  })
})

describe('adaptive pricing', () => {
  test('knows a few rates', () => {
    expect(localCurrency('jenny+location_jp@example.com')).toBe('jpy')
    expect(localCurrency('jenny+location_FR@example.com')).toBe('eur')
    expect(localCurrency('jenny@example.com')).toBeNull()
    expect(exchangeRate('usd', 'eur')).toBe(0.925926)
    expect(convert(1200, 'eur', 'jpy', 160)).toBe(1920)
    expect(convert(1999, 'eur', 'kwd', 0.33)).toBe(6600)
  })

  // Mutant: the converted amount charged as if it were the session's own.
  test('shows the local currency, and charges the session’s own', async () => {
    const session = await bench.session({
      adaptive_pricing: { enabled: true },
      customer_email: 'jenny+location_JP@example.com',
      line_items: [lineOf(1200), lineOf(333)],
    })
    const still = await change(session, {})
    expect(still.state).toMatchObject({ currency_options: null, session: { currency: 'eur' } })
    const { state } = await change(session, { adaptive_pricing: true })
    const view = sessionView(state, 'en', true)
    expect(view).toMatchObject({
      currency: 'jpy',
      minorUnitsAmountDivisor: 1,
      total: { total: { minorUnitsAmount: 2453 } },
      currencyOptions: [
        { currency: 'eur', amount: '€15.33' },
        { currency: 'jpy', currencyConversion: { fxRate: 160, sourceCurrency: 'eur' } },
      ],
    })
    expect(view.lineItems.map((line) => line.total.minorUnitsAmount)).toEqual([1920, 533])
    const back = await change(session, { currency: 'eur' })
    expect(back.state.session).toMatchObject({ currency: 'eur', amount_total: 1533 })
    await change(session, { currency: 'jpy' })
    expect((await bench.pay(session.id, { expected_amount: 1533 })).status).toBe(400)
    expect((await bench.pay(session.id, { expected_amount: 2453 })).status).toBe(200)
    const presentment_details = { presentment_amount: 2453, presentment_currency: 'jpy' }
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
    expect(paid).toMatchObject({ currency: 'eur', amount_total: 1533, presentment_details })
    expect(paid.payment_intent).toMatchObject({ currency: 'eur', amount: 1533, presentment_details })
  })
})
