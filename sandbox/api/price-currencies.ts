import type Stripe from 'stripe'
import type { z } from 'zod'
import { invalidRequest } from '../http/errors'
import { choice, currencyMap, decimal, integer, objectOf } from '../http/params'
import { isCurrency, smallestStep } from '../payments/currencies'
import type { Records } from '../state/records'

type Option = Stripe.PriceCreateParams.CurrencyOptions
type Options = NonNullable<Records['price']['currency_options']>

/** `currency_options` of a price: what it asks in other currencies. */
export const currencyOptions = currencyMap(
  objectOf<Option>()({
    tax_behavior: choice<Option['tax_behavior']>()('exclusive', 'inclusive', 'unspecified').optional(),
    unit_amount: integer(0).optional(),
    unit_amount_decimal: decimal().optional(),
  }),
)

export type CurrencyOptionsInput = z.output<typeof currencyOptions>

/** The amounts of a price, as given or as its object shows them. */
export function unitAmounts(given: {
  unit_amount?: number | undefined
  unit_amount_decimal?: string | undefined
}): { unit_amount: number | null; unit_amount_decimal: string | null } {
  const { unit_amount: whole, unit_amount_decimal: exact } = given
  if (exact === undefined) {
    return { unit_amount: whole ?? null, unit_amount_decimal: whole === undefined ? null : String(whole) }
  }
  return { unit_amount: exact.includes('.') ? null : Number(exact), unit_amount_decimal: exact }
}

/** The options as a price keeps them. Throws Stripe's 400 for an amount the currency cannot have. */
export function currencyOptionsOf(input: CurrencyOptionsInput): Options {
  const entries = Object.entries(input).map(([currency, option]) => {
    const param = `currency_options[${currency}]`
    if (!isCurrency(currency)) throw invalidRequest(`Invalid currency: ${currency}.`, { param })
    if ((option.unit_amount === undefined) === (option.unit_amount_decimal === undefined)) {
      const message = 'You must specify one of `unit_amount` or `unit_amount_decimal`.'
      throw invalidRequest(message, { code: 'parameter_missing', param: `${param}[unit_amount]` })
    }
    const step = smallestStep(currency)
    if ((option.unit_amount ?? 0) % step !== 0) {
      const message = `Invalid amount: ${option.unit_amount} is not a multiple of ${step}, which ${currency} requires.`
      throw invalidRequest(message, { code: 'parameter_invalid_integer', param: `${param}[unit_amount]` })
    }
    const tax_behavior = option.tax_behavior ?? 'unspecified'
    return [currency, { custom_unit_amount: null, tax_behavior, ...unitAmounts(option) }] as const
  })
  return Object.fromEntries(entries)
}
