import type Stripe from 'stripe'
import type { z } from 'zod'
import { db } from '@/db/client'
import { prices, products } from '@/db/schema'
import { newId, newToken } from '@/lib/ids'
import { parse } from '@/lib/parse'
import { storable } from '@/lib/storable'
import { writeStripe } from '@/lib/stripe/write'
import { findPrice, findProduct } from './orphans'
import { createPriceInput, createProductInput } from './schema'

export type Product = typeof products.$inferSelect
export type Price = typeof prices.$inferSelect

/**
 * Makes a product at Stripe and mirrors it here.
 * @throws AppError `invalid_request` naming the field, `stripe_unavailable`
 */
export async function createProduct(input: z.input<typeof createProductInput>): Promise<Product> {
  const params = parse(createProductInput, input)
  // An id of our choice: should the answer be lost, it says where to look.
  const id = newId('prod')
  const created = await writeStripe({
    subject: id,
    operation: 'products.create',
    params: { ...params, id },
    send: (stripe, body, options) => stripe.products.create(body, options),
    find: () => findProduct(id),
  })
  return mirrorProduct(created)
}

/**
 * Makes a price at Stripe and mirrors it here.
 * @throws AppError `invalid_request` naming the field, `stripe_unavailable`
 */
export async function createPrice(input: z.input<typeof createPriceInput>): Promise<Price> {
  const { custom_unit_amount: custom, ...params } = parse(createPriceInput, input)
  const { preset, minimum, maximum } = custom ?? {}
  const subject = newToken()
  const created = await writeStripe({
    subject,
    operation: 'prices.create',
    params: {
      ...params,
      ...(custom && {
        custom_unit_amount: {
          enabled: true,
          preset: preset ?? undefined,
          minimum: minimum ?? undefined,
          maximum: maximum ?? undefined,
        },
      }),
      metadata: { buylink_call: subject },
    },
    send: (stripe, body, options) => stripe.prices.create(body, options),
    find: (since) => findPrice(subject, since),
  })
  return mirrorPrice(created)
}

/** What our mirror keeps of Stripe's product. */
export function productValues(product: Stripe.Product) {
  return {
    livemode: product.livemode,
    name: product.name,
    description: product.description,
    images: product.images,
    active: product.active,
    metadata: product.metadata,
    updatedAt: new Date(product.updated * 1000),
  }
}

/** Writes Stripe's product over our mirror of it. */
export async function mirrorProduct(product: Stripe.Product): Promise<Product> {
  const values = productValues(storable(product))
  const [row] = await db()
    .insert(products)
    .values({ id: product.id, createdAt: new Date(product.created * 1000), ...values })
    .onConflictDoUpdate({ target: products.id, set: values })
    .returning()
  return row as Product
}

/** Writes Stripe's price over our mirror of it; amount and currency of a price never change. */
export async function mirrorPrice(price: Stripe.Price): Promise<Price> {
  const { custom_unit_amount: custom, recurring } = price
  const [row] = await db()
    .insert(prices)
    .values({
      id: price.id,
      livemode: price.livemode,
      productId: typeof price.product === 'string' ? price.product : price.product.id,
      currency: price.currency,
      unitAmount: price.unit_amount,
      type: price.type === 'recurring' ? 'recurring' : 'one_time',
      recurring: recurring && {
        interval: recurring.interval as 'day' | 'week' | 'month' | 'year',
        interval_count: recurring.interval_count,
      },
      customUnitAmount: custom && { preset: custom.preset, minimum: custom.minimum, maximum: custom.maximum },
      active: price.active,
      createdAt: new Date(price.created * 1000),
    })
    .onConflictDoUpdate({ target: prices.id, set: { active: price.active } })
    .returning()
  return row as Price
}
