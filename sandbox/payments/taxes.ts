import type { Records } from '../state/records'
import { isElsewhereInUnion, isShippingCountry } from './countries'
import { percentOf } from './coupon-amount'

type Session = Records['session']
type LineItem = NonNullable<Session['line_items']>['data'][number]
export type Tax = NonNullable<LineItem['taxes']>[number]

/** The one tax rate of the sandbox, in percent, where `automatic_tax` is on and the address is known. */
export const taxPercent = 20

/** How lines are taxed: automatically, or by rates of the merchant's own. */
export type Taxation = {
  taxed: boolean
  /** The buyer owes the tax instead of the merchant (reverse charge). */
  reversed?: boolean | undefined
  /** The merchant's tax rates for lines without their own. */
  default_rates?: readonly Records['tax_rate'][] | undefined
}

function rateOf(inclusive: boolean, reversed: boolean): Tax['rate'] {
  const percentage = reversed ? 0 : taxPercent
  return {
    id: `txr_sandbox_${reversed ? 'reversed_' : ''}${inclusive ? 'inclusive' : 'exclusive'}`,
    object: 'tax_rate',
    active: true,
    country: null,
    created: 0,
    description: null,
    display_name: 'VAT',
    effective_percentage: percentage,
    flat_amount: null,
    inclusive,
    jurisdiction: null,
    jurisdiction_level: 'country',
    livemode: false,
    metadata: {},
    percentage,
    rate_type: 'percentage',
    state: null,
    tax_type: 'vat',
  }
}

/** The tax rates `automatic_tax` applies; they are known, but nobody may use them. */
export const automaticRates: readonly Tax['rate'][] = [false, true].flatMap((reversed) => [
  rateOf(true, reversed),
  rateOf(false, reversed),
])

/** What is left of an amount without the tax in it, half up; `parts` are ten-thousandths of a percent. */
export function netOf(amount: number, parts: number): number {
  const whole = 1_000_000n + BigInt(parts)
  return Number((2n * BigInt(amount) * 1_000_000n + whole) / (2n * whole))
}

/**
 * The tax on an amount after its discount, in minor units: within it, or on top of it. Under reverse charge it is
 * nothing, and an inclusive price stays as it is (Stripe, "Zero tax amounts and reverse charges").
 */
export function taxOn(
  amount: number,
  inclusive: boolean,
  { currency, reversed = false }: { currency: string; reversed?: boolean | undefined },
): Tax {
  const rate = rateOf(inclusive, reversed)
  if (reversed) return { amount: 0, rate, taxability_reason: 'reverse_charge', taxable_amount: amount }
  const net = netOf(amount, taxPercent * 10_000)
  return {
    amount: inclusive ? amount - net : percentOf(amount, taxPercent, currency),
    rate,
    taxability_reason: 'standard_rated',
    taxable_amount: inclusive ? net : amount,
  }
}

/** What of some taxes comes on top of the prices. */
export function exclusiveTax(taxes: readonly Tax[]): number {
  return taxes.reduce((sum, { amount, rate }) => sum + (rate.inclusive ? 0 : amount), 0)
}

/** Taxes of lines and shipping, one entry for each rate, as a session's breakdown lists them. */
export function byRate(taxes: readonly Tax[]): Tax[] {
  const merged = new Map<string, Tax>()
  for (const tax of taxes) {
    const sum = merged.get(tax.rate.id)
    const taxable = (sum?.taxable_amount ?? 0) + (tax.taxable_amount ?? 0)
    merged.set(tax.rate.id, { ...tax, amount: (sum?.amount ?? 0) + tax.amount, taxable_amount: taxable })
  }
  return [...merged.values()]
}

const postalCodes: Record<string, RegExp> = {
  US: /^\d{5}(-\d{4})?$/,
  CA: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i,
}

function placeOf(session: Session) {
  const shipping = session.collected_information?.shipping_details?.address
  return session.shipping_address_collection ? shipping : (shipping ?? session.customer_details?.address)
}

/**
 * How far the tax of a session is known (Stripe, "Automatic tax"): the shipping address counts where one is asked
 * for, else the billing address; the United States and Canada need their postal code too.
 */
export function taxStatusOf(session: Session): Session['automatic_tax']['status'] {
  if (!session.automatic_tax.enabled) return null
  const place = placeOf(session)
  if (!place?.country) return 'requires_location_inputs'
  const format = postalCodes[place.country]
  if (format && !place.postal_code) return 'requires_location_inputs'
  const isKnown = isShippingCountry(place.country) && place.country !== 'ZZ'
  return isKnown && (!format || format.test(place.postal_code ?? '')) ? 'complete' : 'failed'
}

/** Whether a business elsewhere in the Union buys: at home in the country that gave it its `eu_vat`. */
export function isReverseCharge(session: Session): boolean {
  const country = placeOf(session)?.country ?? ''
  if (!isElsewhereInUnion(country)) return false
  const prefix = country === 'GR' ? 'EL' : country
  return (session.customer_details?.tax_ids ?? []).some(
    ({ type, value }) => type === 'eu_vat' && value?.trim().toUpperCase().startsWith(prefix),
  )
}
