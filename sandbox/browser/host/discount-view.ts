import type { StripeCheckoutDiscountAmount } from '@stripe/stripe-js'
import type Stripe from 'stripe'
import type { AmountFormat } from './amount'

type Applied = { amount: number; discount: Stripe.Discount }

function recurringOf(coupon: Stripe.Coupon): StripeCheckoutDiscountAmount['recurring'] {
  if (coupon.duration === 'forever') return { type: 'forever' }
  if (coupon.duration !== 'repeating') return null
  return { type: 'repeating', durationInMonths: coupon.duration_in_months ?? 1 }
}

const object = <T extends object>(value: string | T | null): T | null =>
  typeof value === 'object' ? value : null

/** Discounts as Stripe.js shows them, with the names of the session's expanded coupon and code; null without any. */
export function discountViews(
  applied: readonly Applied[] | undefined,
  { discounts }: Pick<Stripe.Checkout.Session, 'discounts'>,
  amount: AmountFormat,
): StripeCheckoutDiscountAmount[] | null {
  const coupon = object(discounts?.[0]?.coupon ?? null)
  if (!applied?.length || !coupon) return null
  const code = object(discounts?.[0]?.promotion_code ?? null)
  return applied.map((each) => ({
    ...amount(each.amount),
    displayName: coupon.name ?? code?.code ?? coupon.id,
    promotionCode: code?.code ?? null,
    recurring: recurringOf(coupon),
    percentOff: coupon.percent_off,
  }))
}
