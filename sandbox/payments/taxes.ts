import type { Records } from '../state/records'
import { isShippingCountry } from './countries'
import { percentOf } from './coupon-amount'

type Session = Records['session']
type LineItem = NonNullable<Session['line_items']>['data'][number]
export type Tax = NonNullable<LineItem['taxes']>[number]

/** The one tax rate of the sandbox, in percent, where `automatic_tax` is on and the address is known. */
export const taxPercent = 20

function rateOf(inclusive: boolean): Tax['rate'] {
  return {
    id: inclusive ? 'txr_sandbox_inclusive' : 'txr_sandbox_exclusive',
    object: 'tax_rate',
    active: true,
    country: null,
    created: 0,
    description: null,
    display_name: 'VAT',
    effective_percentage: taxPercent,
    flat_amount: null,
    inclusive,
    jurisdiction: null,
    jurisdiction_level: 'country',
    livemode: false,
    metadata: {},
    percentage: taxPercent,
    rate_type: 'percentage',
    state: null,
    tax_type: 'vat',
  }
}

/** The tax rates `automatic_tax` applies; they are known, but nobody may use them. */
export const automaticRates: readonly Tax['rate'][] = [rateOf(true), rateOf(false)]

/** What is left of an amount without the tax in it, half up; `parts` are ten-thousandths of a percent. */
export function netOf(amount: number, parts: number): number {
  const whole = 1_000_000n + BigInt(parts)
  return Number((2n * BigInt(amount) * 1_000_000n + whole) / (2n * whole))
}

/** The tax on an amount after its discount, in minor units: within it, or on top of it. */
export function taxOn(amount: number, inclusive: boolean, currency: string): Tax {
  const net = netOf(amount, taxPercent * 10_000)
  return {
    amount: inclusive ? amount - net : percentOf(amount, taxPercent, currency),
    rate: rateOf(inclusive),
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

/**
 * How far the tax of a session is known (Stripe, "Automatic tax"): the shipping address counts where one is asked
 * for, else the billing address; the United States and Canada need their postal code too.
 */
export function taxStatusOf(session: Session): Session['automatic_tax']['status'] {
  if (!session.automatic_tax.enabled) return null
  const shipping = session.collected_information?.shipping_details?.address
  const billing = session.customer_details?.address
  const place = session.shipping_address_collection ? shipping : (shipping ?? billing)
  if (!place?.country) return 'requires_location_inputs'
  const format = postalCodes[place.country]
  if (format && !place.postal_code) return 'requires_location_inputs'
  const isKnown = isShippingCountry(place.country) && place.country !== 'ZZ'
  return isKnown && (!format || format.test(place.postal_code ?? '')) ? 'complete' : 'failed'
}
