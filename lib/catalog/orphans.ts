import type Stripe from 'stripe'
import { AppError } from '@/lib/errors'
import { callStripe } from '@/lib/stripe/calls'
import { findListed } from '@/lib/stripe/find'

/** A product made under an id of our choice, if Stripe has it. */
export async function findProduct(id: string): Promise<Stripe.Product | undefined> {
  try {
    return await callStripe('products.retrieve', (stripe, options) =>
      stripe.products.retrieve(id, {}, options),
    )
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
