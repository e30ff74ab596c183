import type { Records, SessionDiscount } from '../state/records'
import { couponAmounts, percentOf } from './coupon-amount'

type Session = Records['session']
type LineItem = NonNullable<Session['line_items']>['data'][number]
type Price = Records['price']
type Amounts = Pick<LineItem, 'amount_discount' | 'amount_subtotal' | 'amount_tax' | 'amount_total'>

/** What decides the amounts of a session. */
export type Terms = {
  mode: string
  currency: string
  /** In a trial nothing recurring is due yet. */
  inTrial: boolean
  taxed: boolean
  discount: SessionDiscount | null
}

/** The one tax rate of the sandbox, in percent, where `automatic_tax` is on and the address is known. */
export const taxPercent = 20

/** `unit_amount_decimal` × quantity in whole minor units, half up, without floating point. */
export function multiply(decimal: string, quantity: number): number {
  const [whole = '0', fraction = ''] = decimal.split('.')
  const scale = 10n ** BigInt(fraction.length)
  const product = BigInt(whole + fraction) * BigInt(quantity)
  return Number((product * 2n + scale) / (scale * 2n))
}

function lineSubtotal(price: Price, quantity: number, inTrial: boolean): number {
  return inTrial && price.recurring ? 0 : multiply(price.unit_amount_decimal ?? '0', quantity)
}

/** The amounts of one line; `discount` is what a coupon takes off it, before tax. */
export function lineAmounts(
  price: Price,
  quantity: number,
  inTrial: boolean,
  taxed: boolean,
  discount = 0,
): Amounts {
  const subtotal = lineSubtotal(price, quantity, inTrial)
  const taxable = subtotal - discount
  const amounts = {
    amount_discount: discount,
    amount_subtotal: subtotal,
    amount_tax: 0,
    amount_total: taxable,
  }
  if (!taxed) return amounts
  if (price.tax_behavior === 'inclusive') {
    const tax = taxable - Math.round((taxable * 100) / (100 + taxPercent))
    return { ...amounts, amount_tax: tax }
  }
  const tax = percentOf(taxable, taxPercent, price.currency)
  return { ...amounts, amount_tax: tax, amount_total: taxable + tax }
}

function sumOf(lines: readonly LineItem[], key: keyof Amounts): number {
  return lines.reduce((total, line) => total + line[key], 0)
}

/** The lines with their amounts: subtotal − discount + tax = total. */
export function reckonLines(lines: readonly LineItem[], terms: Terms): LineItem[] {
  const due = lines.map(({ price, quantity }) =>
    price ? lineSubtotal(price, quantity ?? 1, terms.inTrial) : 0,
  )
  const off = terms.discount
    ? couponAmounts(terms.discount.coupon, lines, due, terms.currency)
    : due.map(() => 0)
  return lines.map((line, index) => {
    if (!line.price) return line
    const amount = off[index] ?? 0
    return {
      ...line,
      ...lineAmounts(line.price, line.quantity ?? 1, terms.inTrial, terms.taxed, amount),
      discounts: terms.discount && amount > 0 ? [{ amount, discount: terms.discount.object }] : [],
    }
  })
}

type Totals = Required<Pick<Session, 'amount_subtotal' | 'amount_total' | 'total_details'>>

/** A session's totals from its reckoned lines. */
export function sessionTotals(lines: readonly LineItem[], { discount }: Terms): Totals {
  const amount = sumOf(lines, 'amount_discount')
  return {
    amount_subtotal: sumOf(lines, 'amount_subtotal'),
    amount_total: sumOf(lines, 'amount_total'),
    total_details: {
      amount_discount: amount,
      amount_shipping: 0,
      amount_tax: sumOf(lines, 'amount_tax'),
      breakdown: { discounts: discount ? [{ amount, discount: discount.object }] : [], taxes: [] },
    },
  }
}
