import { type Incoming, matchPath, type Outgoing } from '../http/request'
import { formatAmount } from '../payments/currencies'
import { automaticRates } from '../payments/taxes'
import type { Runtime } from '../runtime'
import type { Records } from '../state/records'
import type { World } from '../world'
import { type Html, html } from './html'
import { documentOf, mark } from './layout'

type Invoice = Records['invoice']
type Tax = NonNullable<Invoice['total_taxes']>[number]

const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10)

function rateOf(world: World, { tax_rate_details: details }: Tax) {
  const id = details?.tax_rate ?? ''
  return world.store.get('tax_rate', id) ?? automaticRates.find((rate) => rate.id === id)
}

function sumRow(label: string, value: string): Html {
  return html`<tr><th scope="row">${label}</th><td class="amount">${value}</td></tr>`
}

function taxRow(world: World, tax: Tax, currency: string): Html {
  const { display_name: name = 'Tax', percentage = 0 } = rateOf(world, tax) ?? {}
  const reversed = tax.taxability_reason === 'reverse_charge'
  const note = reversed ? 'reverse charge' : tax.tax_behavior === 'inclusive' ? 'included' : ''
  return sumRow(`${name} ${percentage} %${note && ` (${note})`}`, formatAmount(tax.amount, currency))
}

function sums(world: World, invoice: Invoice): Html[] {
  const amount = (value: number) => formatAmount(value, invoice.currency)
  const off = (invoice.total_discount_amounts ?? []).reduce((sum, each) => sum + each.amount, 0)
  return [
    sumRow('Subtotal', amount(invoice.subtotal)),
    ...(off > 0 ? [sumRow('Discount', amount(-off))] : []),
    ...(invoice.shipping_cost ? [sumRow('Shipping', amount(invoice.shipping_cost.amount_subtotal))] : []),
    ...(invoice.total_taxes ?? []).map((tax) => taxRow(world, tax, invoice.currency)),
    sumRow('Total', amount(invoice.total)),
    sumRow('Amount paid', amount(invoice.amount_paid)),
  ]
}

function invoiceBody(world: World, invoice: Invoice): Html {
  const { number, status, lines, currency } = invoice
  const tone = status === 'paid' ? 'ok' : status === 'open' ? 'wait' : 'plain'
  const rows = lines.data.map(
    (line) => html`<tr><td>${line.description}<div class="sub">Quantity ${line.quantity ?? 1}</div></td>
<td class="amount">${formatAmount(line.amount, currency)}</td></tr>`,
  )
  const fields = (invoice.custom_fields ?? []).map(
    ({ name, value }) => html`<p class="sub">${name}: ${value}</p>`,
  )
  const taxIds = (invoice.customer_tax_ids ?? []).map(({ value }) => html`<p class="sub">Tax ID ${value}</p>`)
  return html`<main class="invoice"><h1>Invoice ${number ?? invoice.id} ${mark(status ?? 'draft', tone)}</h1>
<p class="sub">${invoice.account_name} · ${day(invoice.created)}</p>
<p>${invoice.customer_name}</p><p>${invoice.customer_email}</p>${taxIds}${fields}<p>${invoice.description}</p>
<table><thead><tr><th scope="col">Item</th><th scope="col">Amount</th></tr></thead>
<tbody>${rows}</tbody><tfoot>${sums(world, invoice)}</tfoot></table>
<p class="sub">${invoice.footer}</p><p class="sub">Made by the sandbox, a stand-in for Stripe. No money moves here.</p></main>`
}

/** The page behind `hosted_invoice_url`. Whoever has the address may read it, coming from any site. */
export async function handleInvoice(runtime: Runtime, { method, path }: Incoming): Promise<Outgoing> {
  if (method !== 'GET' && method !== 'HEAD')
    return documentOf('Not allowed', html`<main><h1>Not allowed</h1></main>`, 405)
  runtime.catchUp()
  await runtime.settle()
  const { world } = runtime
  const invoice = world.store.get('invoice', matchPath('/i/:id', path)?.id ?? '')
  if (invoice) return documentOf(`Invoice ${invoice.number ?? invoice.id}`, invoiceBody(world, invoice))
  return documentOf('No such invoice', html`<main><h1>No such invoice</h1></main>`, 404)
}
