import type { StripeCheckoutAmount } from '@stripe/stripe-js'

const zeroDecimal = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ')
const threeDecimal = 'bhd jod kwd omr tnd'.split(' ')

/** Counted in hundredths, though only whole units exist (Stripe, special cases). */
const alwaysWhole = ['isk', 'ugx']

function decimals(currency: string): number {
  if (zeroDecimal.includes(currency)) return 0
  return threeDecimal.includes(currency) ? 3 : 2
}

/** How many minor units make one of the currency: 1, 100 or 1000 (Stripe, supported currencies). */
export function minorUnitsDivisor(currency: string): number {
  return 10 ** decimals(currency)
}

export type AmountFormat = (minorUnits: number) => StripeCheckoutAmount

/**
 * Writes amounts of one currency as a reader of `locale` expects them.
 * Digits are moved as text, so that no amount passes through a binary fraction.
 */
export function amountFormat(currency: string, locale: string): AmountFormat {
  const places = decimals(currency)
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: alwaysWhole.includes(currency) ? 0 : places,
    maximumFractionDigits: places,
  })
  return (minorUnits) => {
    const digits = String(Math.abs(minorUnits)).padStart(places + 1, '0')
    const whole = digits.slice(0, digits.length - places)
    const exact = places ? `${whole}.${digits.slice(-places)}` : whole
    const signed = minorUnits < 0 ? `-${exact}` : exact
    return { minorUnitsAmount: minorUnits, amount: format.format(signed as Intl.StringNumericLiteral) }
  }
}
