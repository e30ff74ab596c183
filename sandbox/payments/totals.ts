import type { Records, SessionDiscount } from '../state/records'
import { couponAmounts, percentOf } from './coupon-amount'
import { shippingPrice } from './shipping'

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
  shipping: Records['shipping_rate'] | null
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

type Taxed = { tax: number; total: number }

function withTax(amount: number, isInclusive: boolean, currency: string, taxed: boolean): Taxed {
  if (!taxed) return { tax: 0, total: amount }
  if (isInclusive) return { tax: amount - Math.round((amount * 100) / (100 + taxPercent)), total: amount }
  const tax = percentOf(amount, taxPercent, currency)
  return { tax, total: amount + tax }
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
  const isInclusive = price.tax_behavior === 'inclusive'
  const { tax, total } = withTax(subtotal - discount, isInclusive, price.currency, taxed)
  return { amount_discount: discount, amount_subtotal: subtotal, amount_tax: tax, amount_total: total }
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

type Totals = Required<Pick<Session, 'amount_subtotal' | 'amount_total' | 'shipping_cost' | 'total_details'>>

function shippingCost({ shipping, currency, taxed }: Terms): Session['shipping_cost'] {
  if (!shipping) return null
  const { amount, isInclusive } = shippingPrice(shipping, currency) ?? { amount: 0, isInclusive: false }
  const { tax, total } = withTax(amount, isInclusive, currency, taxed)
  return { amount_subtotal: amount, amount_tax: tax, amount_total: total, shipping_rate: shipping.id }
}

/** A session's totals from its reckoned lines: subtotal − discount + shipping + tax = total. */
export function sessionTotals(lines: readonly LineItem[], terms: Terms): Totals {
  const { discount } = terms
  const amount = sumOf(lines, 'amount_discount')
  const shipping = shippingCost(terms)
  return {
    amount_subtotal: sumOf(lines, 'amount_subtotal'),
    amount_total: sumOf(lines, 'amount_total') + (shipping?.amount_total ?? 0),
    shipping_cost: shipping,
    total_details: {
      amount_discount: amount,
      amount_shipping: shipping?.amount_subtotal ?? 0,
      amount_tax: sumOf(lines, 'amount_tax') + (shipping?.amount_tax ?? 0),
      breakdown: { discounts: discount ? [{ amount, discount: discount.object }] : [], taxes: [] },
    },
  }
}
