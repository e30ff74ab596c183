import type { Records } from '../state/records'

type Price = Records['price']

/** What a price asks in one currency; amounts in minor units. */
export type PriceIn = { decimal: string; amount: number | null; isInclusive: boolean }

/** A price in its own currency or one of its `currency_options`; undefined where it has none. */
export function priceIn(price: Price, currency: string): PriceIn | undefined {
  const own = price.currency === currency ? price : price.currency_options?.[currency]
  if (!own || own.unit_amount_decimal === null) return undefined
  return {
    decimal: own.unit_amount_decimal,
    amount: own.unit_amount,
    isInclusive: own.tax_behavior === 'inclusive',
  }
}
