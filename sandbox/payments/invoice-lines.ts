import { newId } from '../ids'
import type { Records } from '../state/records'
import { formatAmount } from './currencies'
import type { LineItem } from './line-items'
import { byRate, exclusiveTax, type Tax } from './taxes'

type Invoice = Records['invoice']
type InvoiceLine = Invoice['lines']['data'][number]
type Item = Records['subscription']['items']['data'][number]
export type Period = { start: number; end: number }

function describe(line: LineItem, isTrial: boolean): string {
  if (isTrial) return `Trial period for ${line.description}`
  const { unit_amount: unit, recurring, currency } = line.price ?? {}
  if (!recurring || typeof unit !== 'number' || !currency) return line.description ?? ''
  const { interval, interval_count: count } = recurring
  const rhythm = count === 1 ? interval : `${count} ${interval}s`
  return `${line.quantity ?? 1} × ${line.description} (at ${formatAmount(unit, currency)} / ${rhythm})`
}

/** Taxes of lines, or of a whole purchase, as an invoice shows them. */
export function invoiceTaxes(taxes: readonly Tax[] | undefined): NonNullable<Invoice['total_taxes']> {
  return (taxes ?? []).map(({ amount, rate, taxability_reason, taxable_amount }) => ({
    amount,
    tax_behavior: rate.inclusive ? 'inclusive' : 'exclusive',
    tax_rate_details: { tax_rate: rate.id },
    taxability_reason: taxability_reason ?? 'not_available',
    taxable_amount,
    type: 'tax_rate_details',
  }))
}

/** One line of an invoice: a subscription's item for a period, or, without `item`, something sold once. */
function lineOf(
  invoice: string,
  line: LineItem,
  period: Period,
  owner: { subscription: string | null; item: Item | null; isTrial: boolean },
): InvoiceLine {
  const { subscription, item, isTrial } = owner
  const discounts = (line.discounts ?? []).map(({ amount, discount }) => ({ amount, discount: discount.id }))
  return {
    id: newId('il_'),
    object: 'line_item',
    amount: line.amount_subtotal,
    currency: line.currency,
    description: describe(line, isTrial),
    discount_amounts: discounts,
    discountable: true,
    discounts: discounts.map(({ discount }) => discount),
    invoice,
    livemode: false,
    metadata: line.metadata ?? {},
    parent: item
      ? {
          invoice_item_details: null,
          subscription_item_details: {
            invoice_item: null,
            proration: false,
            proration_details: null,
            subscription,
            subscription_item: item.id,
          },
          type: 'subscription_item_details',
        }
      : {
          invoice_item_details: {
            invoice_item: newId('ii_'),
            proration: false,
            proration_details: null,
            subscription,
          },
          subscription_item_details: null,
          type: 'invoice_item_details',
        },
    period,
    pretax_credit_amounts: [],
    pricing: line.price
      ? {
          price_details: { price: line.price.id, product: String(line.price.product) },
          type: 'price_details',
          unit_amount_decimal: line.price.unit_amount_decimal,
        }
      : null,
    quantity: line.quantity,
    quantity_decimal: String(line.quantity ?? 1),
    subscription,
    subtotal: line.amount_subtotal,
    taxes: invoiceTaxes(line.taxes),
  }
}

/**
 * The lines of an invoice and the totals that follow from them, from line items whose amounts are reckoned.
 * @param items the subscription's items, in the order of the recurring lines; none for a single purchase
 */
export function invoiceContent(
  id: string,
  lines: readonly LineItem[],
  items: readonly Item[],
  subscription: string | null,
  now: number,
  isTrial = false,
): Partial<Invoice> {
  const left = [...items]
  const data = lines.map((line) => {
    const item = line.price?.recurring ? (left.shift() ?? null) : null
    const period = { start: item?.current_period_start ?? now, end: item?.current_period_end ?? now }
    return lineOf(id, line, period, { subscription, item, isTrial: isTrial && item !== null })
  })
  const sum = (pick: (line: LineItem) => number) => lines.reduce((total, line) => total + pick(line), 0)
  const total = sum((line) => line.amount_total)
  const tax = sum((line) => line.amount_tax)
  const off = new Map<string, number>()
  for (const { amount, discount } of data.flatMap((line) => line.discount_amounts ?? [])) {
    off.set(String(discount), (off.get(String(discount)) ?? 0) + amount)
  }
  const subtotal = sum((line) => line.amount_subtotal)
  const taxes = lines.flatMap((line) => line.taxes ?? [])
  return {
    lines: { object: 'list', data, has_more: false, url: `/v1/invoices/${id}/lines` },
    amount_due: total,
    amount_remaining: total,
    subtotal,
    subtotal_excluding_tax: subtotal - (tax - exclusiveTax(taxes)),
    total,
    total_excluding_tax: total - tax,
    total_discount_amounts: [...off].map(([discount, amount]) => ({ amount, discount })),
    total_taxes: invoiceTaxes(byRate(taxes)),
    discounts: [...off.keys()],
  }
}
