import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, lineOf, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

/** As a browser follows a link from the shop's own port. */
async function visit(url: string) {
  const response = await fetch(url, { headers: { 'sec-fetch-site': 'same-site' } })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

test('an invoice has a page with its lines, its taxes and its total', async () => {
  const { id: vat } = await bench.stripe.taxRates.create({
    display_name: 'MwSt',
    percentage: 8.1,
    inclusive: false,
  })
  const { id: coupon } = await bench.stripe.coupons.create({ percent_off: 50 })
  const product_data = { name: '<script>A book</script>' }
  const session = await bench.session({
    customer_creation: 'always',
    invoice_creation: { enabled: true, invoice_data: { footer: 'Thank you & goodbye' } },
    line_items: [{ quantity: 2, price_data: { ...lineOf(1000).price_data, product_data }, tax_rates: [vat] }],
    discounts: [{ coupon }],
    shipping_options: [
      { shipping_rate_data: { display_name: 'P', fixed_amount: { amount: 300, currency: 'eur' } } },
    ],
  })
  await bench.pay(session.id, { name: '"Ann" <b>', email: 'ann@example.com' })
  const { invoice: id } = await bench.stripe.checkout.sessions.retrieve(session.id)
  const invoice = await bench.stripe.invoices.retrieve(id as string)
  expect([invoice.invoice_pdf, invoice.total]).toEqual([null, 1381])
  const { status, headers, text } = await visit(invoice.hosted_invoice_url ?? '')
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  for (const part of [
    `Invoice ${invoice.number}`,
    'paid',
    '&lt;script&gt;A book&lt;/script&gt;',
    'Quantity 2',
    '€20.00',
    '-€10.00',
    '€3.00',
    'MwSt 8.1 %',
    '€0.81',
    '€13.81',
    '&quot;Ann&quot; &lt;b&gt;',
    'Thank you &amp; goodbye',
  ]) {
    expect(text).toContain(part)
  }
  expect(text).not.toContain('<script>')
})

test('a reversed charge says so', async () => {
  const session = await bench.session({
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
    invoice_creation: { enabled: true },
  })
  const known = { client_secret: session.client_secret, key: 'pk_test_1' }
  await bench.post(`/_js/checkout_sessions/${session.id}/update`, {
    ...known,
    billing_address: { address: { country: 'FR', line1: 'Rue 1' } },
    tax_id_info: { taxId: { type: 'eu_vat', value: 'FR12345678901' }, businessName: 'Rosen' },
  })
  const { body: method } = await bench.post('/_js/payment_methods', {
    key: 'pk_test_1',
    type: 'card',
    card: { number: '4242424242424242', exp_month: 12, exp_year: 40, cvc: '123' },
  })
  const pay = { ...known, payment_method: method.id, email: 'ann@example.com', expected_amount: 1200 }
  await bench.post(`/_js/checkout_sessions/${session.id}/confirm`, pay)
  const { invoice: id } = await bench.stripe.checkout.sessions.retrieve(session.id)
  const { hosted_invoice_url: url } = await bench.stripe.invoices.retrieve(id as string)
  const { text } = await visit(url ?? '')
  expect(text).toContain('VAT 0 % (reverse charge)')
  expect(text).toContain('Tax ID FR12345678901')
})

// Mutant: the unknown is told with a 200.
test('an unknown invoice is not found, and nothing can be sent to a page', async () => {
  for (const path of ['/i/in_none', '/i/', '/i/in_none/more', '/i/%ff']) {
    const { status, text } = await visit(bench.sandbox.url + path)
    expect([status, text.includes('No such invoice')]).toEqual([404, true])
  }
  expect((await fetch(`${bench.sandbox.url}/i/in_none`, { method: 'POST' })).status).toBe(405)
})
