import { and, eq } from 'drizzle-orm'
import type Stripe from 'stripe'
import { db } from '@/db/client'
import { prices, products } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { callStripe } from '@/lib/stripe/calls'
import { mirrorPrice, mirrorProduct, type Price, type Product } from './catalog'

/**
 * A product of this mode: our mirror, or Stripe's made our mirror.
 * @throws AppError `not_found`, `stripe_unavailable`
 */
export async function knownProduct(id: string): Promise<Product> {
  const [known] = await db()
    .select()
    .from(products)
    .where(and(eq(products.id, id), eq(products.livemode, env().stripe.livemode)))
  if (known) return known
  return mirrorProduct(
    await callStripe('products.retrieve', (stripe, options) => stripe.products.retrieve(id, {}, options)),
  )
}

/**
 * A price of this mode: our mirror, or Stripe's made our mirror, its product first.
 * @throws AppError `not_found`, `invalid_request` for a price that no link can sell, `stripe_unavailable`
 */
export async function knownPrice(id: string): Promise<Price> {
  const [known] = await db()
    .select()
    .from(prices)
    .where(and(eq(prices.id, id), eq(prices.livemode, env().stripe.livemode)))
  if (known) return known
  const price = await callStripe('prices.retrieve', (stripe, options) =>
    stripe.prices.retrieve(id, { expand: ['product'] }, options),
  )
  const problem = modelProblem(price)
  if (problem)
    throw new AppError('invalid_request', `The price ${id} ${problem}: a link sells flat prices only.`)
  const { product } = price
  if (typeof product === 'string') await knownProduct(product)
  else if (product.deleted) throw new AppError('invalid_request', `The product of ${id} is deleted.`)
  else await mirrorProduct(product)
  return mirrorPrice(price)
}

/** What keeps a price of Stripe's from being sold by a link, in words that follow its id; null where nothing does. */
export function modelProblem(
  price: Pick<
    Stripe.Price,
    | 'billing_scheme'
    | 'transform_quantity'
    | 'recurring'
    | 'unit_amount'
    | 'unit_amount_decimal'
    | 'custom_unit_amount'
  >,
): string | null {
  if (price.billing_scheme === 'tiered') return 'is tiered'
  if (price.transform_quantity) return `is sold in packages of ${price.transform_quantity.divide_by}`
  if (price.recurring?.usage_type === 'metered') return 'is metered by usage'
  if (price.unit_amount !== null || price.custom_unit_amount) return null
  return `costs ${price.unit_amount_decimal ?? 'no whole number'} of the currency’s smallest unit`
}
