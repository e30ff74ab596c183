import { newId } from '../ids'
import type { Records } from '../state/records'
import { formatAmount } from './currencies'
import type { LineItem } from './line-items'

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

function taxesOf(line: LineItem): InvoiceLine['taxes'] {
  if (line.amount_tax === 0) return []
  const isInclusive = line.price?.tax_behavior === 'inclusive'
  const net = line.amount_subtotal - line.amount_discount
  return [
    {
      amount: line.amount_tax,
      tax_behavior: isInclusive ? 'inclusive' : 'exclusive',
      tax_rate_details: null,
      taxability_reason: 'standard_rated',
      taxable_amount: isInclusive ? net - line.amount_tax : net,
      type: 'tax_rate_details',
    },
  ]
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
    taxes: taxesOf(line),
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
  const inclusive = sum((line) => (line.price?.tax_behavior === 'inclusive' ? line.amount_tax : 0))
  return {
    lines: { object: 'list', data, has_more: false, url: `/v1/invoices/${id}/lines` },
    amount_due: total,
    amount_remaining: total,
    subtotal,
    subtotal_excluding_tax: subtotal - inclusive,
    total,
    total_excluding_tax: total - tax,
    total_discount_amounts: [...off].map(([discount, amount]) => ({ amount, discount })),
    total_taxes: data.flatMap((line) => line.taxes ?? []),
    discounts: [...off.keys()],
  }
}
