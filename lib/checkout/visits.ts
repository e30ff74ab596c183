import { and, asc, desc, eq, gt, sql } from 'drizzle-orm'
import { isbot } from 'isbot'
import { db, type Writer } from '@/db/client'
import { checkoutSessions, visits } from '@/db/schema'
import type { Tracking } from '@/db/types'
import type { Locale } from '@/lib/i18n/locales'
import { newId } from '@/lib/ids'
import type { CurrentLink } from '@/lib/links/current'
import type { LinkParams } from '@/lib/links/params'
import { storable } from '@/lib/storable'
import type { OpenInput } from './open'
import { sameTracking } from './params'

/** However often its page asks in this time, a link was opened once. */
const minutesOfOne = 30

type Arrival = Pick<LinkParams, 'tracking' | 'dropped'> & { language: Locale }
type Recent = Pick<typeof visits.$inferSelect, 'tracking' | 'dropped'>

/**
 * Writes down that a buyer opened a link: once per buyer, link and codes, however often the page is loaded again or
 * asks again by itself. Coming back after a purchase is another visit, and so is coming with other codes.
 * @param sessionId the one it led to; null where the link is closed
 */
export async function recordVisit(
  { id: linkId, livemode }: Pick<CurrentLink, 'id' | 'livemode'>,
  { buyerHash, referrer, userAgent }: OpenInput,
  arrival: Arrival,
  sessionId: string | null,
): Promise<void> {
  await db().transaction(async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`visit:${buyerHash}:${linkId}`}, 0))`,
    )
    const known = (await recentVisits(tx, linkId, buyerHash)).find((visit) => isSame(visit, arrival))
    if (known) {
      if (sessionId === null || sessionId === known.checkoutSessionId) return
      await tx.update(visits).set({ checkoutSessionId: sessionId }).where(eq(visits.id, known.id))
      return
    }
    await tx.insert(visits).values({
      id: newId('vis'),
      livemode,
      linkId,
      buyerHash,
      tracking: arrival.tracking,
      // It quotes what was typed.
      dropped: storable(arrival.dropped),
      referrerHost: URL.canParse(referrer) ? new URL(referrer).host.slice(0, 253) : null,
      locale: arrival.language,
      isBot: isbot(userAgent),
      checkoutSessionId: sessionId,
    })
  })
}

/** Those that have not ended in a purchase, newest first. */
async function recentVisits(tx: Writer, linkId: string, buyerHash: string) {
  const rows = await tx
    .select({ visit: visits, status: checkoutSessions.status })
    .from(visits)
    .leftJoin(checkoutSessions, eq(checkoutSessions.id, visits.checkoutSessionId))
    .where(
      and(
        eq(visits.buyerHash, buyerHash),
        eq(visits.linkId, linkId),
        gt(visits.createdAt, sql`now() - make_interval(mins => ${minutesOfOne})`),
      ),
    )
    .orderBy(desc(visits.createdAt))
    .limit(20)
  return rows.flatMap(({ visit, status }) => (status === 'complete' ? [] : [visit]))
}

/** A reload may come without the codes it was opened with. */
function isSame(visit: Recent, { tracking, dropped }: Arrival): boolean {
  const bare = Object.keys(tracking).length === 0
  const nothingNew =
    dropped.length === 0 ||
    JSON.stringify(reasons(storable(dropped))) === JSON.stringify(reasons(visit.dropped))
  return nothingNew && (bare || sameTracking(visit.tracking, tracking))
}

/** jsonb gives the two in an order of its own. */
const reasons = (dropped: Recent['dropped']) => dropped.map(({ parameter, reason }) => [parameter, reason])

/** The codes of this buyer's first visit to the link that carried any; those of now where there was none. */
export async function firstTouch(
  tx: Writer,
  linkId: string,
  buyerHash: string,
  now: Tracking,
): Promise<Tracking> {
  const [earliest] = await tx
    .select({ tracking: visits.tracking })
    .from(visits)
    .where(
      and(eq(visits.buyerHash, buyerHash), eq(visits.linkId, linkId), sql`${visits.tracking} <> '{}'::jsonb`),
    )
    .orderBy(asc(visits.createdAt))
    .limit(1)
  return earliest?.tracking ?? now
}
