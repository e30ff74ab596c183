import type { Records } from '../state/records'

type LineItem = NonNullable<Records['session']['line_items']>['data'][number]
type Price = Records['price']
type Amounts = Pick<LineItem, 'amount_discount' | 'amount_subtotal' | 'amount_tax' | 'amount_total'>

/** The one tax rate of the sandbox, in percent, where `automatic_tax` is on and the address is known. */
export const taxPercent = 20

/** `unit_amount_decimal` × quantity in whole minor units, half up, without floating point. */
export function multiply(decimal: string, quantity: number): number {
  const [whole = '0', fraction = ''] = decimal.split('.')
  const scale = 10n ** BigInt(fraction.length)
  const product = BigInt(whole + fraction) * BigInt(quantity)
  return Number((product * 2n + scale) / (scale * 2n))
}

/** The amounts of one line; in a trial nothing recurring is due yet. */
export function lineAmounts(price: Price, quantity: number, inTrial: boolean, taxed: boolean): Amounts {
  const isDue = !(inTrial && price.recurring)
  const amount = isDue ? multiply(price.unit_amount_decimal ?? '0', quantity) : 0
  if (!taxed) return { amount_discount: 0, amount_subtotal: amount, amount_tax: 0, amount_total: amount }
  if (price.tax_behavior === 'inclusive') {
    const tax = amount - Math.round((amount * 100) / (100 + taxPercent))
    return { amount_discount: 0, amount_subtotal: amount, amount_tax: tax, amount_total: amount }
  }
  const tax = Math.round((amount * taxPercent) / 100)
  return { amount_discount: 0, amount_subtotal: amount, amount_tax: tax, amount_total: amount + tax }
}

type Totals = Required<Pick<Records['session'], 'amount_subtotal' | 'amount_total' | 'total_details'>>

/** A session's totals: subtotal − discount + tax = total (shipping is not offered yet). */
export function sessionTotals(lines: readonly LineItem[]): Totals {
  const sum = (key: keyof Amounts) => lines.reduce((total, line) => total + line[key], 0)
  return {
    amount_subtotal: sum('amount_subtotal'),
    amount_total: sum('amount_total'),
    total_details: {
      amount_discount: sum('amount_discount'),
      amount_shipping: 0,
      amount_tax: sum('amount_tax'),
    },
  }
}
