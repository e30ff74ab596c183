import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { placeHolds } from '@/db/limits-schema'
import { checkoutSessions, paymentLinks, paymentLinkVersions } from '@/db/schema'
import { env } from '@/lib/env'
import { versionInForce } from '@/lib/links/current'
import { log } from '@/lib/log'
import { endSession } from './end-session'

/** Far below Stripe's 25 requests a second in one round. */
const batch = 20

/**
 * Ends the sessions whose hold has run out, and those of links whose sale is over. A session is ended at Stripe
 * before its places are given back: what is free again can then no longer be paid for.
 */
export async function closeLapsed(): Promise<number> {
  let closed = 0
  for (const id of [...(await lapsedHolds()), ...(await endedSales())]) {
    try {
      const settled = await endSession(id)
      if (settled.outcome === 'expired') closed++
    } catch (error) {
      log.warn({ session: id, error }, 'a session whose time is over could not be ended yet')
    }
  }
  return closed
}

async function lapsedHolds(): Promise<string[]> {
  const rows = await db()
    .select({ id: checkoutSessions.stripeSessionId })
    .from(placeHolds)
    .innerJoin(checkoutSessions, eq(checkoutSessions.id, placeHolds.checkoutSessionId))
    .where(
      and(
        eq(checkoutSessions.livemode, env().stripe.livemode),
        eq(placeHolds.state, 'held'),
        sql`${placeHolds.expiresAt} <= now()`,
      ),
    )
    .orderBy(placeHolds.expiresAt)
    .limit(batch)
  return rows.flatMap(({ id }) => id ?? [])
}

async function endedSales(): Promise<string[]> {
  const endsAt = sql`(${paymentLinkVersions.config} #>> '{restrictions,ends_at}')::bigint`
  const rows = await db()
    .select({ id: checkoutSessions.stripeSessionId })
    .from(checkoutSessions)
    .innerJoin(paymentLinks, eq(paymentLinks.id, checkoutSessions.linkId))
    .innerJoin(paymentLinkVersions, versionInForce)
    .where(
      and(
        eq(checkoutSessions.livemode, env().stripe.livemode),
        eq(checkoutSessions.status, 'open'),
        isNotNull(checkoutSessions.stripeSessionId),
        sql`${endsAt} <= extract(epoch from now())`,
      ),
    )
    .limit(batch)
  return rows.flatMap(({ id }) => id ?? [])
}
