import { and, eq, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { keyset } from '@/db/keyset'
import { formerSlugs, paymentLinks, paymentLinkVersions, prices, products } from '@/db/schema'
import type { LinkConfig, LinkItem, Recurring } from '@/db/types'
import { findShippingRates } from '@/lib/catalog/shipping'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { emitEvent } from '@/lib/events/emit'
import { newId } from '@/lib/ids'
import { type Page, type PageRequest, toPage } from '@/lib/page'
import { parse } from '@/lib/parse'
import { type CurrentLink, findLinkInForce, soldUnits, versionInForce } from './current'
import { draftPrices, type ItemInput, makePrices } from './inline-prices'
import { checkOffer } from './line-items'
import { checkParts, type Parts, readParts } from './parts'
import { linkResource } from './resource'
import { type CreateLinkInput, createLinkInput, type UpdateLinkInput, updateLinkInput } from './schema'
import { randomSlug } from './slug'
import { type LinkState, linkState } from './state'

/**
 * Makes a payment link.
 * @throws AppError `invalid_request` naming the field, `conflict` when the slug is taken, `stripe_unavailable`
 */
export async function createLink(input: CreateLinkInput): Promise<CurrentLink> {
  const { slug, name, inactive_message, created_via, ...asked } = parse(createLinkInput, input)
  const { livemode } = env().stripe
  const parts = await readParts(asked)
  const rest = { ...asked, line_items: await pricedItems(asked, parts) }
  return db().transaction(async (tx) => {
    const config = { ...rest, currency: await checkOffer(tx, rest) }
    checkParts(parts, config.currency)
    const chosen = slug ?? randomSlug(livemode)
    await refuseFormerSlug(tx, chosen)
    const [row] = await tx
      .insert(paymentLinks)
      .values({
        id: newId('plink'),
        livemode,
        slug: chosen,
        name,
        inactiveMessage: inactive_message,
        signingSecret: newId('lnksec'),
        createdVia: created_via,
      })
      .onConflictDoNothing()
      .returning()
    if (!row) throw slugTaken(chosen)
    await tx.insert(paymentLinkVersions).values({ linkId: row.id, version: row.version, config })
    const link = { ...row, config, soldUnits: {} }
    await emitEvent(tx, {
      type: 'payment_link.created',
      factKey: `payment_link.created:${row.id}`,
      object: linkResource(link, await ratesOf(tx, config)),
    })
    return link
  })
}

/**
 * Edits a link. A change of what it sells or says at checkout makes a new version; sessions that are open
 * and orders keep theirs. A changed slug keeps answering at the old address.
 * @throws AppError `not_found`, `invalid_request`, `conflict`, `stripe_unavailable`
 */
export async function updateLink(id: string, input: UpdateLinkInput): Promise<CurrentLink> {
  const { slug, name, active, inactive_message, line_items, ...others } = parse(updateLinkInput, input)
  const parts = await readParts({ ...others, line_items })
  const changes = {
    ...others,
    ...(line_items && {
      line_items: await pricedItems({ ...(await current(id)), ...others, line_items }, parts),
    }),
  }
  return db().transaction(async (tx) => {
    const before = await lockLink(tx, id)
    const config = { ...before.config, ...changes }
    const edited = Object.keys(changes).length > 0
    if (edited) await checkOffer(tx, config, before.config.currency)
    checkParts(parts, config.currency)
    const version = before.version + (edited ? 1 : 0)
    if (edited) await tx.insert(paymentLinkVersions).values({ linkId: id, version, config })
    if (slug !== undefined && slug !== before.slug) await moveSlug(tx, before, slug)
    const [row] = await tx
      .update(paymentLinks)
      .set({
        version,
        updatedAt: sql`now()`,
        ...(slug !== undefined && { slug }),
        ...(name !== undefined && { name }),
        ...(active !== undefined && { active }),
        ...(inactive_message !== undefined && { inactiveMessage: inactive_message }),
      })
      .where(eq(paymentLinks.id, id))
      .returning()
    if (!row) throw new Error('a locked link disappeared')
    const link = { ...row, config, soldUnits: before.soldUnits }
    await emitEvent(tx, {
      type: 'payment_link.updated',
      factKey: `payment_link.updated:${id}:${newId('evt')}`,
      object: linkResource(link, await ratesOf(tx, config)),
    })
    return link
  })
}

/** The items of a link, each with a price; those described in place are made once nothing is wrong with the rest. */
async function pricedItems(
  {
    currency,
    ...asked
  }: Omit<LinkConfig, 'line_items' | 'currency'> & {
    line_items: ItemInput[]
    currency?: string
  },
  parts: Parts,
): Promise<LinkItem[]> {
  const { items, drafts } = draftPrices(asked.line_items)
  if (drafts.length > 0) {
    checkParts(parts, await checkOffer(db(), { ...asked, line_items: items }, currency, drafts))
  }
  return makePrices(asked.line_items)
}

/** In the transaction that tells of the link: another connection might be waited for in vain. */
function ratesOf(tx: Writer, { shipping_options }: Pick<LinkConfig, 'shipping_options'>) {
  return findShippingRates(
    shipping_options.map(({ shipping_rate }) => shipping_rate),
    tx,
  )
}

async function current(id: string): Promise<LinkConfig> {
  const link = await findLinkInForce(id)
  if (!link) throw noSuchLink(id)
  return link.config
}

function noSuchLink(id: string): AppError {
  return new AppError('not_found', `No such payment link: ${id}`)
}

async function lockLink(tx: Writer, id: string): Promise<CurrentLink> {
  const [row] = await tx
    .select({ link: paymentLinks, config: paymentLinkVersions.config, soldUnits })
    .from(paymentLinks)
    .innerJoin(paymentLinkVersions, versionInForce)
    .where(and(eq(paymentLinks.id, id), eq(paymentLinks.livemode, env().stripe.livemode)))
    .for('update', { of: paymentLinks })
  if (!row) throw noSuchLink(id)
  return { ...row.link, config: row.config, soldUnits: row.soldUnits }
}

/** Keeps the old address and refuses one that another link has or had. */
async function moveSlug(tx: Writer, link: CurrentLink, slug: string): Promise<void> {
  const [taken] = await tx
    .select({ id: paymentLinks.id })
    .from(paymentLinks)
    .where(eq(paymentLinks.slug, slug))
  if (taken) throw slugTaken(slug)
  await tx.delete(formerSlugs).where(and(eq(formerSlugs.slug, slug), eq(formerSlugs.linkId, link.id)))
  await refuseFormerSlug(tx, slug)
  await tx.insert(formerSlugs).values({ slug: link.slug, linkId: link.id }).onConflictDoNothing()
}

async function refuseFormerSlug(tx: Writer, slug: string): Promise<void> {
  const [former] = await tx.select().from(formerSlugs).where(eq(formerSlugs.slug, slug))
  if (former) throw slugTaken(slug)
}

function slugTaken(slug: string): AppError {
  return new AppError('conflict', `The address “${slug}” belongs to another link.`, { param: 'slug' })
}

export type LinkSummary = {
  id: string
  slug: string
  url: string
  name: string | null
  /** The first product's name. */
  title: string
  currency: string
  /** Minor units, all items at their first quantities; null where the buyer chooses. */
  amount: number | null
  recurring: Recurring | null
  state: LinkState
  completed_sessions: number
  created_at: Date
}

/** Links of this mode, newest first. */
export async function listLinks(request: PageRequest): Promise<Page<LinkSummary>> {
  const { where, orderBy } = keyset(paymentLinks, request)
  const rows = await db()
    .select({ link: paymentLinks, config: paymentLinkVersions.config, soldUnits })
    .from(paymentLinks)
    .innerJoin(paymentLinkVersions, versionInForce)
    .where(and(eq(paymentLinks.livemode, env().stripe.livemode), where))
    .orderBy(...orderBy)
    .limit(request.limit + 1)
  const sold = await soldPrices(rows.flatMap(({ config }) => config.line_items.map((item) => item.price)))
  return toPage(
    rows.map(({ link, ...more }) => summarize({ ...link, ...more }, sold)),
    request,
  )
}

type SoldPrice = { id: string; unitAmount: number | null; recurring: Recurring | null; name: string }

async function soldPrices(ids: string[]): Promise<Map<string, SoldPrice>> {
  if (ids.length === 0) return new Map()
  const rows = await db()
    .select({
      id: prices.id,
      unitAmount: prices.unitAmount,
      recurring: prices.recurring,
      name: products.name,
    })
    .from(prices)
    .innerJoin(products, eq(products.id, prices.productId))
    .where(sql`${prices.id} in ${ids}`)
  return new Map(rows.map((row) => [row.id, row]))
}

function summarize(link: CurrentLink, sold: Map<string, SoldPrice>): LinkSummary {
  const { config } = link
  const items = config.line_items.map((item) => ({ ...item, sold: sold.get(item.price) }))
  return {
    id: link.id,
    slug: link.slug,
    url: `${env().baseUrl}/${link.slug}`,
    name: link.name,
    title: items[0]?.sold?.name ?? link.slug,
    currency: config.currency,
    amount: items.some(({ sold }) => sold?.unitAmount === null)
      ? null
      : items.reduce((total, item) => total + (item.sold?.unitAmount ?? 0) * item.quantity, 0),
    recurring: items.find((item) => item.sold?.recurring)?.sold?.recurring ?? null,
    state: linkState(link),
    completed_sessions: link.completedSessions,
    created_at: link.createdAt,
  }
}
