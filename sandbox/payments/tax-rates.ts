import { findTaxRate } from '../api/tax-rates'
import { invalidRequest } from '../http/errors'
import type { Records, SessionLine, SessionState } from '../state/records'
import type { World } from '../world'
import { apportion, percentOf } from './coupon-amount'
import { isReverseCharge, netOf, type Tax, type Taxation, taxStatusOf } from './taxes'

type TaxRate = Records['tax_rate']
type Session = Records['session']

/** The tax rates behind ids. Throws Stripe's 400 with the id's place for one that is unknown or archived. */
export function resolveTaxRates(world: World, ids: readonly string[], param: string): TaxRate[] {
  return ids.map((id, index) => {
    const place = `${param}[${index}]`
    const rate = findTaxRate(world, id, place, 400)
    if (rate.active) return rate
    const message = 'The tax rate specified is inactive. This field only accepts active tax rates.'
    throw invalidRequest(message, { param: place })
  })
}

/** The tax rates of `subscription_data`, archived or not. */
export function defaultRates(world: World, data: SessionState['subscription_data']): TaxRate[] {
  return (data.default_tax_rates ?? []).map((id) => world.store.need('tax_rate', id))
}

/** How a session is taxed as it stands, and the subscription it starts. */
export function taxationOf(world: World, session: Session, state: SessionState): Taxation {
  return {
    taxed: taxStatusOf(session) === 'complete',
    reversed: isReverseCharge(session),
    default_rates: defaultRates(world, state.subscription_data),
  }
}

/** Refuses a rate on top of a price that says tax is in it, and the other way round. */
export function checkBehavior(lines: readonly SessionLine[], fallback: readonly TaxRate[]): void {
  const conflicts = lines.some(({ price, tax_rates: rates = fallback }) =>
    rates.some(({ inclusive }) => price?.tax_behavior === (inclusive ? 'exclusive' : 'inclusive')),
  )
  if (!conflicts) return
  const message =
    'One or more prices has a `tax_behavior` that conflicts with the tax rates that apply to the corresponding line item.'
  throw invalidRequest(message, { param: 'line_items' })
}

/**
 * The taxes by the merchant's rates on an amount after its discount, in minor units: what is inclusive is taken out
 * of it, what is exclusive comes on top of the rest.
 */
export function taxesBy(rates: readonly TaxRate[], amount: number, currency: string): Tax[] {
  const within = rates.map(({ inclusive, percentage }) => (inclusive ? Math.round(percentage * 10_000) : 0))
  const net = netOf(
    amount,
    within.reduce((sum, parts) => sum + parts, 0),
  )
  const shares = apportion(amount - net, within)
  return rates.map((rate, index) => ({
    amount: rate.inclusive ? (shares[index] ?? 0) : percentOf(net, rate.percentage, currency),
    rate,
    taxability_reason: null,
    taxable_amount: net,
  }))
}
