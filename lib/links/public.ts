import { and, eq, sql } from 'drizzle-orm'
import { cache } from 'react'
import { db } from '@/db/client'
import { formerSlugs, merchant, paymentLinks, paymentLinkVersions } from '@/db/schema'
import type { BrandingSettings, LinkConfig, Recurring } from '@/db/types'
import { type Merchant, merchantOf } from '@/lib/accounts/merchant'
import { env } from '@/lib/env'
import { type Asked, askedOf } from './asked'
import { type CurrentLink, soldUnits, versionInForce } from './current'
import { offerOf, offerRows, type PublicItem, type PublicOffer } from './offer'
import { type Saving, savingOf } from './saving'
import { type LinkState, linkState } from './state'

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
 * The link at `slug`, or where it moved to, or null. One indexed read for a link, cached per request, so that
 * metadata and page share it; calls no Stripe.
 */
export const findPublicLink = cache(async (slug: string): Promise<FoundLink | null> => {
  if (!/^[a-z0-9_-]{3,64}$/.test(slug)) return null
  const { livemode } = env().stripe
  const [row] = await db()
    .select({
      ...{ link: paymentLinks, config: paymentLinkVersions.config, soldUnits, merchant },
      ...offerRows(sql`${paymentLinkVersions.config}`),
    })
    .from(paymentLinks)
    .innerJoin(paymentLinkVersions, versionInForce)
    .leftJoin(merchant, eq(merchant.id, 'merchant'))
    .where(and(eq(paymentLinks.slug, slug), eq(paymentLinks.livemode, livemode)))
  if (!row) return findMovedLink(slug)
  const { link, config } = row
  const current = { ...link, config, soldUnits: row.soldUnits }
  return { kind: 'link', link: describe(current, offerOf(config, row), merchantOf(row.merchant)) }
})

async function findMovedLink(slug: string): Promise<FoundLink | null> {
  const [moved] = await db()
    .select({ slug: paymentLinks.slug })
    .from(formerSlugs)
    .innerJoin(paymentLinks, eq(paymentLinks.id, formerSlugs.linkId))
    .where(and(eq(formerSlugs.slug, slug), eq(paymentLinks.livemode, env().stripe.livemode)))
  return moved ? { kind: 'moved', slug: moved.slug } : null
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
