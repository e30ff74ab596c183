import { z } from 'zod'
import { amountStep, maximumAmount } from '@/lib/money'

const currency = z.string().regex(/^[a-z]{3}$/, 'A currency is three lower-case letters.')

function wholeAmount({ currency, amount }: { currency: string; amount: number }): boolean {
  return amount % amountStep(currency) === 0
}

/** Input of `createCoupon` (Stripe API, Coupons, create): a share or an amount. */
export const createCouponInput = z
  .strictObject({
    name: z.string().trim().min(1).max(40).optional(),
    percent_off: z.number().gt(0).max(100).optional(),
    amount_off: z.int().min(1).max(maximumAmount).optional(),
    currency: currency.optional(),
    duration: z.enum(['once', 'repeating', 'forever']).default('once'),
    duration_in_months: z.int().min(1).max(1200).optional(),
    max_redemptions: z.int().min(1).optional(),
    /** Unix seconds. */
    redeem_by: z.int().min(0).optional(),
  })
  .refine(({ percent_off, amount_off }) => (percent_off === undefined) !== (amount_off === undefined), {
    path: ['percent_off'],
    message: 'A coupon takes off a share or an amount.',
  })
  .refine(({ amount_off, currency }) => (amount_off === undefined) === (currency === undefined), {
    path: ['currency'],
    message: 'An amount has a currency, a share has none.',
  })
  .refine(({ amount_off = 0, currency = 'eur' }) => wholeAmount({ currency, amount: amount_off }), {
    path: ['amount_off'],
    message: 'The last digits of an amount in this currency must be 0.',
  })
  .refine(
    ({ duration, duration_in_months: months }) => (duration === 'repeating') === (months !== undefined),
    {
      path: ['duration_in_months'],
      message: 'Say for how many months a repeating coupon runs, and only there.',
    },
  )

/** Input of `createPromotionCode` (Stripe API, Promotion Codes, create). */
export const createPromotionCodeInput = z.strictObject({
  coupon: z.string().min(1).max(255),
  code: z.string().regex(/^[A-Za-z0-9-]{1,500}$/, 'A code has letters, digits and dashes only.'),
  max_redemptions: z.int().min(1).optional(),
  /** Unix seconds. */
  expires_at: z.int().min(0).optional(),
})

const duration = z.strictObject({
  unit: z.enum(['hour', 'day', 'business_day', 'week', 'month']),
  value: z.int().min(1),
})

/** Input of `createShippingRate` (Stripe API, Shipping Rates, create): a fixed amount for the whole order. */
export const createShippingRateInput = z
  .strictObject({
    display_name: z.string().trim().min(1).max(100),
    currency,
    amount: z.int().min(0).max(maximumAmount),
    delivery_estimate: z
      .strictObject({ minimum: duration.optional(), maximum: duration.optional() })
      .optional(),
  })
  .refine(wholeAmount, {
    path: ['amount'],
    message: 'The last digits of an amount in this currency must be 0.',
  })
