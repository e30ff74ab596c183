import type {
  StripeCheckoutAmount,
  StripeCheckoutTaxAmount,
  StripeCheckoutTaxStatus,
} from '@stripe/stripe-js'
import type Stripe from 'stripe'
import type { AmountFormat } from './amount'

type Tax = Pick<Stripe.LineItem.Tax, 'amount' | 'rate'>

/** Taxes as Stripe.js shows them; null where none was reckoned. */
export function taxViews(
  taxes: readonly Tax[] | undefined,
  amount: AmountFormat,
): StripeCheckoutTaxAmount[] | null {
  if (!taxes?.length) return null
  return taxes.map((tax) => ({
    ...amount(tax.amount),
    inclusive: tax.rate.inclusive,
    displayName: tax.rate.display_name,
    percentage: tax.rate.percentage,
  }))
}

/** The sums of taxes on top of prices and within them. */
export function taxTotals(
  taxes: readonly Tax[] | undefined,
  amount: AmountFormat,
): Record<'taxExclusive' | 'taxInclusive', StripeCheckoutAmount> {
  const sum = (inclusive: boolean) =>
    (taxes ?? []).reduce((total, tax) => total + (tax.rate.inclusive === inclusive ? tax.amount : 0), 0)
  return { taxExclusive: amount(sum(false)), taxInclusive: amount(sum(true)) }
}

/** Which address the tax still waits for. */
export function taxStatus({
  automatic_tax,
  shipping_address_collection,
}: Stripe.Checkout.Session): StripeCheckoutTaxStatus {
  if (automatic_tax.status !== 'requires_location_inputs') return { status: 'ready' }
  return { status: shipping_address_collection ? 'requires_shipping_address' : 'requires_billing_address' }
}
