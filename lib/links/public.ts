import { and, eq, inArray } from 'drizzle-orm'
import { cache } from 'react'
import { db } from '@/db/client'
import { formerSlugs, paymentLinks, prices, products } from '@/db/schema'
import type { LinkConfig, Recurring } from '@/db/types'
import { getMerchant, type Merchant } from '@/lib/accounts/merchant'
import { env } from '@/lib/env'
import { type CurrentLink, findCurrentLink } from './current'
import { type LinkState, linkState } from './state'

export type PublicItem = {
  price: string
  name: string
  description: string | null
  image: string | null
  quantity: number
  /** Null where the buyer cannot change the quantity. */
  adjustable: { minimum: number; maximum: number } | null
  /** Minor units of the link's currency. */
  unit_amount: number
  recurring: Recurring | null
}

/** What a buyer may see of a link: its HTML is made from this and from the language, and from nothing else. */
export type PublicLink = {
  id: string
  slug: string
  version: number
  state: LinkState
  /** Unix seconds; set while `state` is `not_yet`. */
  starts_at: number | null
  /** Whether a place has to be held before paying. */
  holds_places: boolean
  inactive_message: string | null
  merchant: Merchant
  livemode: boolean
  mode: 'payment' | 'subscription'
  currency: string
  items: PublicItem[]
  /** Sum of the items at their first quantities, minor units: what is due today before the session is known. */
  amount_subtotal: number
  /** The recurring part of it, or null. */
  recurring: (Recurring & { amount: number }) | null
  submit_type: LinkConfig['submit_type']
}

export type FoundLink = { kind: 'link'; link: PublicLink } | { kind: 'moved'; slug: string }

/**
 * The link at `slug`, or where it moved to, or null. Reads only; calls no Stripe. Cached per request, so that
 * metadata and page share one read.
 */
export const findPublicLink = cache(async (slug: string): Promise<FoundLink | null> => {
  if (!/^[a-z0-9_-]{3,64}$/.test(slug)) return null
  const row = await findCurrentLink(slug)
  if (!row) return findMovedLink(slug)
  return { kind: 'link', link: describe(row, await publicItems(row.config), await getMerchant()) }
})

async function findMovedLink(slug: string): Promise<FoundLink | null> {
  const [moved] = await db()
    .select({ slug: paymentLinks.slug })
    .from(formerSlugs)
    .innerJoin(paymentLinks, eq(paymentLinks.id, formerSlugs.linkId))
    .where(and(eq(formerSlugs.slug, slug), eq(paymentLinks.livemode, env().stripe.livemode)))
  return moved ? { kind: 'moved', slug: moved.slug } : null
}

/** The items of one version with the names and amounts of their prices, in the version's order. */
export async function publicItems(config: LinkConfig): Promise<PublicItem[]> {
  const ids = config.line_items.map((item) => item.price)
  const rows = await db()
    .select({ price: prices, product: products })
    .from(prices)
    .innerJoin(products, eq(products.id, prices.productId))
    .where(inArray(prices.id, ids))
  return config.line_items.map((item) => {
    const row = rows.find(({ price }) => price.id === item.price)
    if (!row || row.price.unitAmount === null)
      throw new Error(`link sells a price that is not mirrored: ${item.price}`)
    const { enabled, minimum, maximum } = item.adjustable_quantity
    return {
      price: item.price,
      name: row.product.name,
      description: row.product.description,
      image: row.product.images[0] ?? null,
      quantity: item.quantity,
      adjustable: enabled ? { minimum, maximum } : null,
      unit_amount: row.price.unitAmount,
      recurring: row.price.recurring,
    }
  })
}

function describe(link: CurrentLink, items: PublicItem[], merchant: Merchant): PublicLink {
  const { config } = link
  const state = linkState(link)
  const sum = (some: PublicItem[]) =>
    some.reduce((total, item) => total + item.unit_amount * item.quantity, 0)
  const repeating = items.filter((item) => item.recurring !== null)
  const interval = repeating[0]?.recurring ?? null
  return {
    id: link.id,
    slug: link.slug,
    version: link.version,
    state,
    starts_at: state === 'not_yet' ? (config.restrictions?.starts_at ?? null) : null,
    holds_places: config.restrictions !== null,
    inactive_message: link.inactiveMessage,
    merchant,
    livemode: link.livemode,
    mode: interval ? 'subscription' : 'payment',
    currency: config.currency,
    items,
    amount_subtotal: sum(items),
    recurring: interval ? { ...interval, amount: sum(repeating) } : null,
    submit_type: config.submit_type,
  }
}
