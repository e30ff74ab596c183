import type Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sessionView } from './browser/host/session-view'
import type { PageState } from './browser-api'
import { type Bench, lineOf, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
beforeEach(() => bench.post('/_sandbox/reset'))
afterAll(() => bench.close())

async function rate(percentage: number, inclusive = false) {
  return (await bench.stripe.taxRates.create({ display_name: 'VAT', percentage, inclusive })).id
}

const expand = ['line_items.data.taxes', 'total_details.breakdown']
type Create = Partial<Stripe.Checkout.SessionCreateParams>
const open = (change: Create) => bench.session({ ...change, expand })
const monthly = (unit_amount: number) => {
  const line = lineOf(unit_amount)
  return { ...line, price_data: { ...line.price_data, recurring: { interval: 'month' as const } } }
}

async function viewOf(session: Stripe.Checkout.Session) {
  const { body } = await bench.post(`/_js/checkout_sessions/${session.id}/retrieve`, {
    client_secret: session.client_secret,
    key: 'pk_test_1',
  })
  return sessionView(body as unknown as PageState, 'en', false)
}

describe('tax rates of lines', () => {
  // Mutants: reckoned before the discount, or on the sum of the lines instead of each line.
  test('count line by line, after the discount, and not for shipping', async () => {
    const { id: coupon } = await bench.stripe.coupons.create({ percent_off: 10 })
    const [full, reduced, within] = [await rate(19), await rate(7), await rate(19, true)]
    const session = await open({
      line_items: [
        { ...lineOf(1050), tax_rates: [full] },
        { ...lineOf(1050), tax_rates: [full] },
        { ...lineOf(500), tax_rates: [reduced] },
        { ...lineOf(1190), tax_rates: [within] },
        lineOf(300),
      ],
      discounts: [{ coupon }],
      shipping_options: [
        { shipping_rate_data: { display_name: 'P', fixed_amount: { amount: 400, currency: 'eur' } } },
      ],
    })
    const lines = session.line_items?.data ?? []
    expect(lines.map((line) => [line.amount_discount, line.amount_tax, line.amount_total])).toEqual([
      [105, 180, 1125],
      [105, 180, 1125],
      [50, 32, 482],
      [119, 171, 1071],
      [30, 0, 270],
    ])
    expect(lines[3]?.taxes).toMatchObject([
      { amount: 171, taxable_amount: 900, taxability_reason: null, rate: { id: within, inclusive: true } },
    ])
    expect(lines[0]).not.toHaveProperty('tax_rates')
    expect(session).toMatchObject({
      amount_total: 4473,
      automatic_tax: { enabled: false, status: null },
      shipping_cost: { amount_tax: 0, amount_total: 400 },
      total_details: { amount_tax: 563 },
    })
    expect(session.total_details?.breakdown?.taxes.map((tax) => [tax.rate.id, tax.amount])).toEqual([
      [full, 360],
      [reduced, 32],
      [within, 171],
    ])
    const { total, tax } = await viewOf(session)
    expect([total.taxExclusive, total.taxInclusive].map((sum) => sum.minorUnitsAmount)).toEqual([392, 171])
    expect(tax).toEqual({ status: 'ready' })
  })

  test.each([
    ['two on top', 'eur', 1000, [[5], [9.975]], [50, 100], 1150],
    [
      'two within, to the cent',
      'eur',
      1000,
      [
        [5, true],
        [10, true],
      ],
      [43, 87],
      1000,
    ],
    ['one within and one on top of the rest', 'eur', 1190, [[19, true], [10]], [190, 100], 1290],
    ['of no percent', 'eur', 1000, [[0]], [0], 1000],
    ['without decimals', 'jpy', 999, [[10]], [100], 1099],
    ['with three decimals, in what can be paid', 'kwd', 1230, [[10]], [120], 1350],
  ] as const)('%s, %s', async (_, currency, amount, rates, taxes, total) => {
    const tax_rates = await Promise.all(rates.map(([percent, inclusive]) => rate(percent, inclusive)))
    const session = await open({ line_items: [{ ...lineOf(amount, currency), tax_rates }] })
    expect(session.line_items?.data[0]?.taxes?.map((tax) => tax.amount)).toEqual(taxes)
    expect(session.amount_total).toBe(total)
  })

  test('are kept, replaced and taken away by an update', async () => {
    const [full, reduced] = [await rate(19), await rate(7)]
    const session = await open({ line_items: [{ ...lineOf(1000), tax_rates: [full] }] })
    const id = session.line_items?.data[0]?.id ?? ''
    const update = async (line: Stripe.Checkout.SessionUpdateParams.LineItem) =>
      (await bench.stripe.checkout.sessions.update(session.id, { line_items: [{ id, ...line }] }))
        .amount_total
    await bench.stripe.taxRates.update(full, { active: false })
    expect(await update({ quantity: 2 })).toBe(2380)
    expect(await update({ tax_rates: [reduced] })).toBe(2140)
    expect(await update({ tax_rates: '' })).toBe(2000)
    await expect(update({ tax_rates: [full] })).rejects.toMatchObject({
      param: 'line_items[0][tax_rates][0]',
    })
  })

  test('are refused where they are unknown, archived or beside automatic tax', async () => {
    const [on, off] = [await rate(19), await rate(7)]
    await bench.stripe.taxRates.update(off, { active: false })
    const refused = async (change: object, param: string, code?: string) => {
      const failure = await open(change as Create).catch((error: unknown) => error)
      expect(failure).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError', param })
      expect((failure as { code?: string }).code).toBe(code)
    }
    const line = (...tax_rates: string[]) => ({ ...lineOf(1000), tax_rates })
    const automatic_tax = { enabled: true }
    await refused(
      { line_items: [lineOf(1), line(on, 'txr_no')] },
      'line_items[1][tax_rates][1]',
      'resource_missing',
    )
    await refused({ line_items: [line(off)] }, 'line_items[0][tax_rates][0]')
    await refused({ line_items: [lineOf(1), line(on)], automatic_tax }, 'line_items[1][tax_rates]')
    const subscription = { mode: 'subscription', line_items: [monthly(900)] }
    const data = { subscription_data: { default_tax_rates: [on] } }
    await refused({ ...subscription, ...data, automatic_tax }, 'subscription_data[default_tax_rates]')
    await refused(
      { ...subscription, subscription_data: { default_tax_rates: [off] } },
      'subscription_data[default_tax_rates][0]',
    )
    const within = { ...lineOf(1).price_data, unit_amount: 900, tax_behavior: 'inclusive' as const }
    await refused({ line_items: [{ quantity: 1, price_data: within, tax_rates: [on] }] }, 'line_items')
    const dynamic = [{ ...lineOf(1000), dynamic_tax_rates: [on] }]
    await refused({ line_items: dynamic }, 'line_items[0][dynamic_tax_rates]', 'parameter_unknown')
    const session = await open({ automatic_tax })
    const id = session.line_items?.data[0]?.id
    const update = bench.stripe.checkout.sessions.update(session.id, {
      line_items: [{ id, tax_rates: [on] }],
    })
    await expect(update).rejects.toMatchObject({ param: 'line_items[0][tax_rates]' })
  })
})

// Mutant: a renewal forgets the rates, or minds that they were archived.
test('a subscription keeps its tax rates, those of its lines before the default ones', async () => {
  const [full, reduced] = [await rate(19), await rate(7, true)]
  const session = await open({
    mode: 'subscription',
    line_items: [monthly(1000), { ...monthly(1070), tax_rates: [reduced] }, lineOf(500)],
    subscription_data: { default_tax_rates: [full] },
  })
  expect(session.line_items?.data.map((line) => line.amount_total)).toEqual([1190, 1070, 595])
  const { dueNext } = (await viewOf(session)).recurring ?? {}
  expect([dueNext?.taxExclusive, dueNext?.taxInclusive].map((sum) => sum?.minorUnitsAmount)).toEqual([
    190, 70,
  ])
  await bench.pay(session.id, { expected_amount: 2855 })
  const done = await bench.stripe.checkout.sessions.retrieve(session.id)
  const subscription = await bench.stripe.subscriptions.retrieve(done.subscription as string)
  expect(subscription.default_tax_rates).toMatchObject([{ id: full }])
  expect(subscription.items.data.map((item) => item.tax_rates?.map(({ id }) => id))).toEqual([[], [reduced]])
  for (const id of [full, reduced]) await bench.stripe.taxRates.update(id, { active: false })
  await bench.post('/_sandbox/clock', { advance: 32 * 86_400 })
  const { data: invoices } = await bench.stripe.invoices.list({ subscription: subscription.id })
  expect(invoices.map((invoice) => [invoice.total, invoice.total_excluding_tax])).toEqual([
    [2260, 2000],
    [2855, 2500],
  ])
  expect(invoices[0]).toMatchObject({
    subtotal: 2070,
    subtotal_excluding_tax: 2000,
    default_tax_rates: [{ id: full }],
    total_taxes: [
      { amount: 190, tax_behavior: 'exclusive', tax_rate_details: { tax_rate: full } },
      { amount: 70, tax_behavior: 'inclusive', taxability_reason: 'not_available', taxable_amount: 1000 },
    ],
  })
})
