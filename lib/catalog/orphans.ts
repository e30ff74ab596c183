import type Stripe from 'stripe'
import { AppError } from '@/lib/errors'
import { callStripe } from '@/lib/stripe/calls'
import { findListed } from '@/lib/stripe/find'

/** A product made under an id of our choice, if Stripe has it. */
export function findProduct(id: string): Promise<Stripe.Product | undefined> {
  return unlessMissing(() =>
    callStripe('products.retrieve', (stripe, options) => stripe.products.retrieve(id, {}, options)),
  )
}

/** A coupon made under an id of our choice, if Stripe has it. */
export function findCouponMade(id: string): Promise<Stripe.Coupon | undefined> {
  return unlessMissing(() =>
    callStripe('coupons.retrieve', (stripe, options) => stripe.coupons.retrieve(id, {}, options)),
  )
}

async function unlessMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return undefined
    throw error
  }
}

/** The price that a call of ours made, at `since` (Unix seconds) or later. */
export function findPrice(subject: string, since: number): Promise<Stripe.Price | undefined> {
  return findListed(
    'prices.list',
    (stripe, page) => stripe.prices.list({ ...page, created: { gte: since } }),
    (price) => price.metadata.buylink_call === subject,
  )
}

/** The same for a promotion code. */
export function findPromotionCodeMade(
  subject: string,
  since: number,
): Promise<Stripe.PromotionCode | undefined> {
  return findListed(
    'promotionCodes.list',
    (stripe, page) => stripe.promotionCodes.list({ ...page, created: { gte: since } }),
    (code) => code.metadata?.buylink_call === subject,
  )
}

/** The same for a shipping rate. */
export function findShippingRateMade(
  subject: string,
  since: number,
): Promise<Stripe.ShippingRate | undefined> {
  return findListed(
    'shippingRates.list',
    (stripe, page) => stripe.shippingRates.list({ ...page, created: { gte: since } }),
    (rate) => rate.metadata.buylink_call === subject,
  )
}
