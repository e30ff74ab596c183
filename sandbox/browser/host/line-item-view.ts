import type { StripeCheckoutBillingInterval, StripeCheckoutLineItem } from '@stripe/stripe-js'
import type Stripe from 'stripe'
import type { AmountFormat } from './amount'
import { discountViews } from './discount-view'
import { taxTotals, taxViews } from './tax-view'

type Adjustable = Record<string, { minimum: number; maximum: number }>

function productOf(price: Stripe.Price | null): Stripe.Product | null {
  const product = price?.product
  return product && typeof product === 'object' && !('deleted' in product) ? product : null
}

/** One line of the session as Stripe.js shows it. `removable`: more than one line is left. */
export function lineItemView(
  item: Stripe.LineItem,
  session: Pick<Stripe.Checkout.Session, 'discounts'>,
  amount: AmountFormat,
  adjustable: Adjustable,
  removable: boolean,
): StripeCheckoutLineItem {
  const product = productOf(item.price)
  const quantity = item.quantity ?? 1
  const unit = item.price?.unit_amount ?? Math.round(item.amount_subtotal / Math.max(quantity, 1))
  const recurring = item.price?.recurring
  const range = adjustable[item.id] ?? null
  return {
    id: item.id,
    name: product?.name ?? item.description ?? '',
    description: product?.description ?? null,
    images: product?.images ?? [],
    unitLabel: product?.unit_label ?? null,
    priceId: item.price?.id ?? '',
    quantity,
    unitAmount: amount(unit),
    unitAmountDecimal: null,
    subtotal: amount(item.amount_subtotal),
    discount: amount(item.amount_discount),
    discountAmounts: discountViews(item.discounts, session, amount),
    ...taxTotals(item.taxes, amount),
    taxAmounts: taxViews(item.taxes, amount),
    total: amount(item.amount_total),
    recurring: recurring
      ? {
          interval: recurring.interval as StripeCheckoutBillingInterval,
          intervalCount: recurring.interval_count,
          usageType: recurring.usage_type === 'metered' ? 'metered' : 'licensed',
        }
      : null,
    adjustableQuantity: range && { minimum: range.minimum, maximum: range.maximum },
    isRemovable: removable && range?.minimum === 0,
    pricing: null,
    transformQuantity: null,
  }
}
