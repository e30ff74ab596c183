import type Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, lineOf, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

const invoice_creation: Stripe.Checkout.SessionCreateParams.InvoiceCreation = {
  enabled: true,
  invoice_data: {
    description: 'For your books',
    custom_fields: [{ name: 'PO', value: '42' }],
    metadata: { link: 'pro' },
  },
}

const invoiceOf = async (session: string) => {
  const { invoice } = await bench.stripe.checkout.sessions.retrieve(session)
  return invoice === null ? null : bench.stripe.invoices.retrieve(invoice as string)
}

test('a purchase has its invoice once it is paid', async () => {
  const { id: coupon } = await bench.stripe.coupons.create({ percent_off: 10 })
  const session = await bench.session({
    invoice_creation,
    discounts: [{ coupon }],
    shipping_options: [
      { shipping_rate_data: { display_name: 'P', fixed_amount: { amount: 300, currency: 'eur' } } },
    ],
  })
  expect(session.invoice_creation).toMatchObject({ enabled: true, invoice_data: { footer: null } })
  expect(await invoiceOf(session.id)).toBeNull()
  await bench.pay(session.id, { email: 'jenny@example.com' })
  expect(await invoiceOf(session.id)).toMatchObject({
    status: 'paid',
    subtotal: 1200,
    amount_shipping: 300,
    total: 1380,
    amount_paid: 1380,
    customer_email: 'jenny@example.com',
    description: 'For your books',
    custom_fields: [{ name: 'PO', value: '42' }],
    metadata: { link: 'pro' },
  })
  const { data } = await bench.stripe.events.list({ types: ['invoice.paid', 'checkout.session.completed'] })
  expect(data.map(({ type }) => type)).toEqual(['checkout.session.completed', 'invoice.paid'])
})

// Mutants: the tax of shipping is left out, a tax without its rate.
test('an invoice names each tax, that of shipping included', async () => {
  const priced = (tax_behavior: 'exclusive' | 'inclusive') => {
    const line = lineOf(1200)
    return { ...line, price_data: { ...line.price_data, tax_behavior } }
  }
  const session = await bench.session({
    invoice_creation,
    automatic_tax: { enabled: true },
    line_items: [priced('exclusive'), priced('inclusive')],
    shipping_options: [
      { shipping_rate_data: { display_name: 'P', fixed_amount: { amount: 300, currency: 'eur' } } },
    ],
  })
  await bench.pay(session.id)
  const invoice = await invoiceOf(session.id)
  expect(invoice).toMatchObject({ subtotal: 2400, subtotal_excluding_tax: 2200, total: 3000 })
  expect(invoice?.lines.data.map(({ taxes }) => taxes?.[0]?.tax_behavior)).toEqual(['exclusive', 'inclusive'])
  const taxes = invoice?.total_taxes ?? []
  expect(taxes.map((tax) => [tax.amount, tax.tax_behavior, tax.taxable_amount])).toEqual([
    [300, 'exclusive', 1500],
    [200, 'inclusive', 1000],
  ])
  const rate = await bench.stripe.taxRates.retrieve(taxes[0]?.tax_rate_details?.tax_rate ?? '')
  expect(rate).toMatchObject({ display_name: 'VAT', percentage: 20 })
})

// Mutant: the invoice of a debit at completion, days before the money is there.
test('a debit’s invoice comes with its money, a failed one’s never', async () => {
  for (const outcome of ['succeed', 'fail']) {
    const { id } = await bench.session({ invoice_creation })
    await bench.pay(id, { payment_method: 'sepa_debit' })
    expect(await invoiceOf(id)).toBeNull()
    const { payment_intent } = await bench.stripe.checkout.sessions.retrieve(id)
    await bench.post(`/_sandbox/payment_intents/${payment_intent}/settle`, { outcome })
    expect((await invoiceOf(id))?.status).toBe(outcome === 'succeed' ? 'paid' : undefined)
  }
})

test('without being asked for, or for a subscription, there is none', async () => {
  const { id } = await bench.session({ line_items: [lineOf(500)] })
  await bench.pay(id)
  expect(await invoiceOf(id)).toBeNull()
  const monthly = { ...lineOf(500).price_data, recurring: { interval: 'month' as const } }
  const subscription = bench.session({
    mode: 'subscription',
    line_items: [{ quantity: 1, price_data: monthly }],
    invoice_creation,
  })
  await expect(subscription).rejects.toMatchObject({ param: 'invoice_creation' })
})
