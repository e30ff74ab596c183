import type {
  StripeCheckoutDeliveryEstimate,
  StripeCheckoutEstimate,
  StripeCheckoutShipping,
  StripeCheckoutShippingOption,
} from '@stripe/stripe-js'
import type Stripe from 'stripe'
import type { AmountFormat } from './amount'
import { taxViews } from './tax-view'

type Bound = Stripe.ShippingRate.DeliveryEstimate.Maximum | null

const boundOf = (bound: Bound): StripeCheckoutEstimate | null =>
  bound && { unit: bound.unit as StripeCheckoutEstimate['unit'], value: bound.value }

function estimateOf(
  estimate: Stripe.ShippingRate['delivery_estimate'],
): StripeCheckoutDeliveryEstimate | null {
  return estimate && { maximum: boundOf(estimate.maximum), minimum: boundOf(estimate.minimum) }
}

/** The session's shipping options with their expanded rates, as Stripe.js shows them. */
export function shippingViews(
  { shipping_options: options, currency }: Stripe.Checkout.Session,
  amount: AmountFormat,
): StripeCheckoutShippingOption[] {
  return options.flatMap(({ shipping_amount, shipping_rate: rate }) =>
    typeof rate === 'string'
      ? []
      : [
          {
            ...amount(shipping_amount),
            id: rate.id,
            currency: currency ?? 'usd',
            displayName: rate.display_name,
            deliveryEstimate: estimateOf(rate.delivery_estimate),
          },
        ],
  )
}

/** The option the buyer chose, or the first; null where nothing is shipped. */
export function chosenShipping(
  session: Stripe.Checkout.Session,
  amount: AmountFormat,
): StripeCheckoutShipping | null {
  const chosen = session.shipping_cost?.shipping_rate
  const shippingOption = shippingViews(session, amount).find(({ id }) => id === chosen)
  return shippingOption
    ? { shippingOption, taxAmounts: taxViews(session.shipping_cost?.taxes, amount) }
    : null
}
