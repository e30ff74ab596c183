import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { paymentLinks, paymentLinkVersions } from '@/db/schema'
import type { LinkConfig } from '@/db/types'
import { env } from '@/lib/env'

export type CurrentLink = typeof paymentLinks.$inferSelect & { config: LinkConfig }

/** Joins a link to the version that is in force. */
export const versionInForce = and(
  eq(paymentLinkVersions.linkId, paymentLinks.id),
  eq(paymentLinkVersions.version, paymentLinks.version),
)

/** The link of this mode at `slug`, as it is sold now; one indexed read. */
export async function findCurrentLink(slug: string): Promise<CurrentLink | null> {
  const [row] = await db()
    .select({ link: paymentLinks, config: paymentLinkVersions.config })
    .from(paymentLinks)
    .innerJoin(paymentLinkVersions, versionInForce)
    .where(and(eq(paymentLinks.slug, slug), eq(paymentLinks.livemode, env().stripe.livemode)))
  return row ? { ...row.link, config: row.config } : null
}
