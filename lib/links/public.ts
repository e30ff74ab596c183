import { and, eq, inArray } from 'drizzle-orm'
import { cache } from 'react'
import { db } from '@/db/client'
import { formerSlugs, paymentLinks, prices, products } from '@/db/schema'
import type { BrandingSettings, DeliveryEstimate, LinkConfig, LinkItem, Recurring } from '@/db/types'
import { getMerchant, type Merchant } from '@/lib/accounts/merchant'
import { findShippingRates } from '@/lib/catalog/shipping'
import { env } from '@/lib/env'
import { type Asked, askedOf } from './asked'
import { chosenBounds } from './chosen-amount'
import { type CurrentLink, findCurrentLink } from './current'
import { type Saving, savingOf } from './saving'
import { type LinkState, linkState } from './state'

export type PublicItem = {
  price: string
  name: string
  description: string | null
  image: string | null
  quantity: number
  /** Null where the buyer cannot change the quantity. */
  adjustable: { minimum: number; maximum: number } | null
  /** Minor units of the link's currency; where the buyer chooses, what is suggested. */
  unit_amount: number
  recurring: Recurring | null
  /** Set where the buyer chooses the amount. */
  chosen: { product: string; minimum: number; maximum: number } | null
}

export type PublicShippingRate = {
  id: string
  name: string
  amount: number
  estimate: DeliveryEstimate | null
}

/** All that a version sells, with the names and amounts of its prices. */
export type PublicOffer = {
  items: PublicItem[]
  optional_items: PublicItem[]
  /** The first is preselected. */
  shipping_options: PublicShippingRate[]
}

/** What a buyer may see of a link: its HTML is made from this and from the language, and from nothing else. */
export type PublicLink = PublicOffer & {
  id: string
  slug: string
  version: number
  state: LinkState
  /** Unix seconds; set while `state` is `not_yet`. */
  starts_at: number | null
  inactive_message: string | null
  merchant: Merchant
  livemode: boolean
  mode: 'payment' | 'subscription'
  currency: string
  /** Sum of the items at their first quantities, minor units; nothing for what is in a trial. */
  amount_subtotal: number
  /** What is due today before the session is known: the subtotal and the preselected shipping. */
  amount_due: number
  allow_promotion_codes: boolean
  automatic_tax: boolean
  /** Days that cost nothing, or null. */
  trial_days: number | null
  /** The recurring part of it, or null. */
  recurring: (Recurring & { amount: number }) | null
  submit_type: LinkConfig['submit_type']
  payment_method_collection: LinkConfig['payment_method_collection']
  /** What the buyer agrees to have kept by paying. */
  saving: Saving[]
  asked: Asked
  branding: BrandingSettings | null
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
  return { kind: 'link', link: describe(row, await publicOffer(row.config), await getMerchant()) }
})

async function findMovedLink(slug: string): Promise<FoundLink | null> {
  const [moved] = await db()
    .select({ slug: paymentLinks.slug })
    .from(formerSlugs)
    .innerJoin(paymentLinks, eq(paymentLinks.id, formerSlugs.linkId))
    .where(and(eq(formerSlugs.slug, slug), eq(paymentLinks.livemode, env().stripe.livemode)))
  return moved ? { kind: 'moved', slug: moved.slug } : null
}

/** What one version sells, in its order. */
export async function publicOffer(config: LinkConfig): Promise<PublicOffer> {
  const { line_items, optional_items, shipping_options } = config
  const rows = await db()
    .select({ price: prices, product: products })
    .from(prices)
    .innerJoin(products, eq(products.id, prices.productId))
    .where(
      inArray(
        prices.id,
        [...line_items, ...optional_items].map((item) => item.price),
      ),
    )
  const priced = (item: LinkItem) => {
    const row = rows.find(({ price }) => price.id === item.price)
    if (!row) throw new Error(`link sells a price that is not mirrored: ${item.price}`)
    return publicItem(item, row)
  }
  const rates = await findShippingRates(shipping_options.map(({ shipping_rate }) => shipping_rate))
  return {
    items: line_items.map(priced),
    optional_items: optional_items.map(priced),
    shipping_options: rates.map(({ id, name, amount, estimate }) => ({ id, name, amount, estimate })),
  }
}

type PricedRow = { price: typeof prices.$inferSelect; product: typeof products.$inferSelect }

function publicItem(item: LinkItem, { price, product }: PricedRow): PublicItem {
  const { enabled, minimum, maximum } = item.adjustable_quantity
  const chosen = price.customUnitAmount && chosenBounds(price.customUnitAmount, price.currency)
  const amount = chosen ? chosen.suggested : price.unitAmount
  if (amount === null) throw new Error(`link sells a price without an amount: ${item.price}`)
  return {
    price: item.price,
    name: product.name,
    description: product.description,
    image: product.images[0] ?? null,
    quantity: item.quantity,
    adjustable: enabled ? { minimum, maximum } : null,
    unit_amount: amount,
    recurring: price.recurring,
    chosen: chosen && { product: product.id, minimum: chosen.minimum, maximum: chosen.maximum },
  }
}

function describe(link: CurrentLink, offer: PublicOffer, merchant: Merchant): PublicLink {
  const { config } = link
  const state = linkState(link)
  const sum = (some: PublicItem[]) =>
    some.reduce((total, item) => total + item.unit_amount * item.quantity, 0)
  const repeating = offer.items.filter((item) => item.recurring !== null)
  const interval = repeating[0]?.recurring ?? null
  const trial = interval ? config.subscription_data.trial_period_days : null
  const subtotal = sum(offer.items) - (trial === null ? 0 : sum(repeating))
  return {
    ...offer,
    id: link.id,
    slug: link.slug,
    version: link.version,
    state,
    starts_at: state === 'not_yet' ? (config.restrictions?.starts_at ?? null) : null,
    inactive_message: link.inactiveMessage,
    merchant,
    livemode: link.livemode,
    mode: interval ? 'subscription' : 'payment',
    currency: config.currency,
    amount_subtotal: subtotal,
    amount_due: subtotal + (offer.shipping_options[0]?.amount ?? 0),
    allow_promotion_codes: config.allow_promotion_codes,
    automatic_tax: config.automatic_tax.enabled,
    trial_days: trial,
    recurring: interval ? { ...interval, amount: sum(repeating) } : null,
    submit_type: config.submit_type,
    payment_method_collection: config.payment_method_collection,
    saving: savingOf(config, interval ? 'subscription' : 'payment'),
    asked: askedOf(config, merchant),
    branding: config.branding_settings,
  }
}
