import type { Records, SessionDiscount, SessionLine } from '../state/records'
import { couponAmounts } from './coupon-amount'
import { priceIn } from './price-in'
import { shippingPrice } from './shipping'
import { taxesBy } from './tax-rates'
import { byRate, exclusiveTax, type Tax, type Taxation, taxOn } from './taxes'

type Session = Records['session']
type LineItem = SessionLine
type Price = Records['price']
type Amounts = Pick<LineItem, 'amount_discount' | 'amount_subtotal' | 'amount_tax' | 'amount_total'>

/** What decides the amounts of lines. */
export type LineTerms = Taxation & {
  mode: string
  currency: string
  /** In a trial nothing recurring is due yet. */
  inTrial: boolean
  discount: SessionDiscount | null
}

/** What decides the amounts of a session. */
export type Terms = LineTerms & { shipping: Records['shipping_rate'] | null }

/** `unit_amount_decimal` × quantity in whole minor units, half up, without floating point. */
export function multiply(decimal: string, quantity: number): number {
  const [whole = '0', fraction = ''] = decimal.split('.')
  const scale = 10n ** BigInt(fraction.length)
  const product = BigInt(whole + fraction) * BigInt(quantity)
  return Number((product * 2n + scale) / (scale * 2n))
}

function lineSubtotal(price: Price, quantity: number, { inTrial, currency }: LineTerms): number {
  return inTrial && price.recurring ? 0 : multiply(priceIn(price, currency)?.decimal ?? '0', quantity)
}

function sumOf(lines: readonly LineItem[], key: keyof Amounts): number {
  return lines.reduce((total, line) => total + line[key], 0)
}

function lineTaxes({ price, tax_rates }: LineItem, net: number, terms: LineTerms): Tax[] {
  const { currency, taxed, default_rates } = terms
  if (!taxed) return taxesBy(tax_rates ?? default_rates ?? [], net, currency)
  const isInclusive = (price && priceIn(price, currency)?.isInclusive) ?? false
  return [taxOn(net, isInclusive, terms)]
}

/** The lines with their amounts: subtotal − discount + tax on top = total. */
export function reckonLines(lines: readonly LineItem[], terms: LineTerms): LineItem[] {
  const due = lines.map(({ price, quantity }) => (price ? lineSubtotal(price, quantity ?? 1, terms) : 0))
  const off = terms.discount
    ? couponAmounts(terms.discount.coupon, lines, due, terms.currency)
    : due.map(() => 0)
  return lines.map((line, index) => {
    if (!line.price) return line
    const subtotal = due[index] ?? 0
    const discount = off[index] ?? 0
    const net = subtotal - discount
    const taxes = lineTaxes(line, net, terms)
    return {
      ...line,
      amount_discount: discount,
      amount_subtotal: subtotal,
      amount_tax: taxes.reduce((sum, { amount }) => sum + amount, 0),
      amount_total: net + exclusiveTax(taxes),
      discounts:
        terms.discount && discount > 0 ? [{ amount: discount, discount: terms.discount.object }] : [],
      taxes,
    }
  })
}

type Totals = Required<Pick<Session, 'amount_subtotal' | 'amount_total' | 'shipping_cost' | 'total_details'>>

function shippingCost(terms: Terms): Session['shipping_cost'] {
  const { shipping, currency, taxed } = terms
  if (!shipping) return null
  const { amount, isInclusive } = shippingPrice(shipping, currency) ?? { amount: 0, isInclusive: false }
  const taxes = taxed ? [taxOn(amount, isInclusive, terms)] : []
  return {
    amount_subtotal: amount,
    amount_tax: taxes[0]?.amount ?? 0,
    amount_total: amount + exclusiveTax(taxes),
    shipping_rate: shipping.id,
    taxes,
  }
}

/** A session's totals from its reckoned lines: subtotal − discount + shipping + tax on top = total. */
export function sessionTotals(lines: readonly LineItem[], terms: Terms): Totals {
  const { discount } = terms
  const amount = sumOf(lines, 'amount_discount')
  const shipping = shippingCost(terms)
  const taxes = [...lines.flatMap((line) => line.taxes ?? []), ...(shipping?.taxes ?? [])]
  return {
    amount_subtotal: sumOf(lines, 'amount_subtotal'),
    amount_total: sumOf(lines, 'amount_total') + (shipping?.amount_total ?? 0),
    shipping_cost: shipping,
    total_details: {
      amount_discount: amount,
      amount_shipping: shipping?.amount_subtotal ?? 0,
      amount_tax: sumOf(lines, 'amount_tax') + (shipping?.amount_tax ?? 0),
      breakdown: {
        discounts: discount ? [{ amount, discount: discount.object }] : [],
        taxes: byRate(taxes),
      },
    },
  }
}
