import { and, eq, type SQL, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { placeCounters } from '@/db/limits-schema'
import { paymentLinks, paymentLinkVersions } from '@/db/schema'
import type { LinkConfig, Places, Restrictions } from '@/db/types'
import { env } from '@/lib/env'

export type CurrentLink = typeof paymentLinks.$inferSelect & {
  config: LinkConfig
  /** How many of each price with a stock are sold, by price. */
  soldUnits: Places
}

/** Selects `soldUnits` beside the link, so that a page still costs one read. */
export const soldUnits = sql<Places>`(
  select coalesce(jsonb_object_agg(substr(${placeCounters.scope}, 7), ${placeCounters.sold}), '{}'::jsonb)
  from ${placeCounters}
  where ${placeCounters.linkId} = ${paymentLinks.id} and ${placeCounters.scope} like 'price:%')`

/** Joins a link to the version that is in force. */
export const versionInForce = and(
  eq(paymentLinkVersions.linkId, paymentLinks.id),
  eq(paymentLinkVersions.version, paymentLinks.version),
)

/** The link of this mode at `slug`, as it is sold now; one indexed read. */
export async function findCurrentLink(slug: string): Promise<CurrentLink | null> {
  return find(eq(paymentLinks.slug, slug))
}

async function find(which: SQL): Promise<CurrentLink | null> {
  const [row] = await db()
    .select({ link: paymentLinks, config: paymentLinkVersions.config, soldUnits })
    .from(paymentLinks)
    .innerJoin(paymentLinkVersions, versionInForce)
    .where(and(which, eq(paymentLinks.livemode, env().stripe.livemode)))
  return row ? { ...row.link, config: row.config, soldUnits: row.soldUnits } : null
}

/** The link of a session in this mode, as it is sold now. */
export async function findLinkInForce(id: string): Promise<CurrentLink | null> {
  return find(eq(paymentLinks.id, id))
}

/**
 * Locks a link's row until the transaction ends and returns its limits. Two statements: in one, an edit that
 * commits while this waits for the lock would leave the join without a row.
 */
export async function lockRestrictions(tx: Writer, id: string): Promise<Restrictions | null> {
  const [link] = await tx
    .select({ version: paymentLinks.version })
    .from(paymentLinks)
    .where(eq(paymentLinks.id, id))
    .for('no key update')
  const [version] = await tx
    .select({ config: paymentLinkVersions.config })
    .from(paymentLinkVersions)
    .where(and(eq(paymentLinkVersions.linkId, id), eq(paymentLinkVersions.version, link?.version ?? 0)))
  return version?.config.restrictions ?? null
}
