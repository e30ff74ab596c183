import { and, eq, lte } from 'drizzle-orm'
import { db } from '@/db/client'
import { prices, products } from '@/db/schema'
import { AppError } from '@/lib/errors'
import { storable } from '@/lib/storable'
import { callStripe } from '@/lib/stripe/calls'
import { productValues } from './catalog'

type Hint = { data: { object: Record<string, unknown> } }

const unknownProduct = 'the product is not used by this application'
const unknownPrice = 'the price is not used by this application'

/** Brings our mirror of a product to what Stripe has now; a deleted one is switched off. */
export async function followProduct({ data }: Hint): Promise<string | null> {
  const id = String(data.object.id)
  const [known] = await db().select({ id: products.id }).from(products).where(eq(products.id, id))
  if (!known) return unknownProduct
  const product = await unlessDeleted(() =>
    callStripe('products.retrieve', (stripe, options) => stripe.products.retrieve(id, {}, options)),
  )
  if (!product) {
    await db().update(products).set({ active: false }).where(eq(products.id, id))
    return null
  }
  const values = productValues(storable(product))
  // Two events may be worked on at once: the older reading does not write over the newer one.
  await db()
    .update(products)
    .set(values)
    .where(and(eq(products.id, id), lte(products.updatedAt, values.updatedAt)))
  return null
}

/** The same for a price, of which only `active` ever changes here. */
export async function followPrice({ data }: Hint): Promise<string | null> {
  const id = String(data.object.id)
  for (;;) {
    const [known] = await db().select({ active: prices.active }).from(prices).where(eq(prices.id, id))
    if (!known) return unknownPrice
    const price = await unlessDeleted(() =>
      callStripe('prices.retrieve', (stripe, options) => stripe.prices.retrieve(id, {}, options)),
    )
    const active = price?.active ?? false
    if (active === known.active) return null
    // A price has no time of its last change: who finds it changed meanwhile asks Stripe once more.
    const written = await db()
      .update(prices)
      .set({ active })
      .where(and(eq(prices.id, id), eq(prices.active, known.active)))
      .returning({ id: prices.id })
    if (written.length > 0) return null
  }
}

async function unlessDeleted<T extends object>(read: () => Promise<T>): Promise<T | null> {
  try {
    const found = await read()
    return 'deleted' in found && found.deleted ? null : found
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null
    throw error
  }
}
