import { and, eq, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { placeCounters } from '@/db/limits-schema'
import { paymentLinks } from '@/db/schema'
import type { Places, Restrictions } from '@/db/types'
import { hashToken } from '@/lib/ids'

/** What a checkout would take of a link's limited things. */
export type Wanted = { places: Places; limits: Places }

export type Buying = {
  /** How many of each price. */
  quantities: Record<string, number>
  buyerHash: string
  email: string | null
}

/**
 * The places a checkout takes under `restrictions`.
 *
 * A buyer is told by the e-mail given at checkout (letter case ignored) and by the cookie of the browser.
 * Either alone counts, so another browser or another address is not enough to buy more; both together are,
 * and so is an alias of the same mailbox. People who share a browser count as one.
 */
export function wantedPlaces(restrictions: Restrictions | null, buying: Buying): Wanted {
  const places: Places = {}
  const limits: Places = {}
  const want = (scope: string, count: number, limit: number) => {
    places[scope] = count
    limits[scope] = limit
  }
  const { completed_sessions, inventory = {}, per_buyer } = restrictions ?? {}
  if (completed_sessions) want('sessions', 1, completed_sessions.limit)
  for (const [price, stock] of Object.entries(inventory)) {
    const quantity = buying.quantities[price] ?? 0
    if (quantity > 0) want(`price:${price}`, quantity, stock)
  }
  if (per_buyer) {
    want(`cookie:${buying.buyerHash}`, 1, per_buyer.limit)
    const email = buying.email?.trim().toLowerCase()
    if (email) want(`email:${hashToken(email)}`, 1, per_buyer.limit)
  }
  return { places, limits }
}

/** Places as they stand in the counters: sold ones count as taken too. */
export type Holding = { places: Places; sold: boolean }

export const nothing: Holding = { places: {}, sold: false }

/** Thrown through the transaction that took a part, so that all or nothing is taken. */
export class NoPlace extends Error {
  constructor(
    readonly scope: string,
    readonly limit: number,
  ) {
    super(`no place: ${scope}`)
    this.name = 'NoPlace'
  }
}

/**
 * Brings the counters from what a session had to what it has now. Each place is taken by one statement that
 * takes it only if it is free; scopes are visited in one order, so that two buyers never wait for each other.
 *
 * @param limits by scope; a scope without one is counted without a limit
 * @throws NoPlace when something is not free; the caller's transaction must not go on
 */
export async function moveCounters(
  tx: Writer,
  linkId: string,
  from: Holding,
  to: Holding,
  limits: Places = {},
): Promise<void> {
  const scopes = new Set([...Object.keys(from.places), ...Object.keys(to.places)])
  for (const scope of [...scopes].sort(sessionsFirst)) {
    const [before, after] = [from.places[scope] ?? 0, to.places[scope] ?? 0]
    const taken = after - before
    const sold = (to.sold ? after : 0) - (from.sold ? before : 0)
    if (taken === 0 && sold === 0) continue
    const limit = taken > 0 ? limits[scope] : undefined
    if (await step(tx, linkId, scope, { taken, sold }, limit)) continue
    if (!(await counterExists(tx, linkId, scope))) await createCounter(tx, linkId, scope)
    if (await step(tx, linkId, scope, { taken, sold }, limit)) continue
    throw new NoPlace(scope, limit ?? 0)
  }
}

/** Making the counter of sessions locks the link's row, which settling locks before any counter. */
function sessionsFirst(one: string, other: string): number {
  const rank = (scope: string) => (scope === 'sessions' ? 0 : 1)
  return rank(one) - rank(other) || (one < other ? -1 : 1)
}

async function step(
  tx: Writer,
  linkId: string,
  scope: string,
  by: { taken: number; sold: number },
  limit: number | undefined,
): Promise<boolean> {
  const changed = await tx
    .update(placeCounters)
    .set({ taken: sql`${placeCounters.taken} + ${by.taken}`, sold: sql`${placeCounters.sold} + ${by.sold}` })
    .where(
      and(
        eq(placeCounters.linkId, linkId),
        eq(placeCounters.scope, scope),
        limit === undefined ? undefined : sql`${placeCounters.taken} + ${by.taken} <= ${limit}`,
      ),
    )
    .returning({ scope: placeCounters.scope })
  return changed.length > 0
}

/**
 * Asked before a counter is made: a step that waited for another buyer and then found nothing free keeps the
 * counter locked, and must not go on to lock the link's row, which settling locks first.
 */
async function counterExists(tx: Writer, linkId: string, scope: string): Promise<boolean> {
  const found = await tx
    .select({ scope: placeCounters.scope })
    .from(placeCounters)
    .where(and(eq(placeCounters.linkId, linkId), eq(placeCounters.scope, scope)))
  return found.length > 0
}

/** Sessions completed before the link had a limit count against it, as at Stripe. */
async function createCounter(tx: Writer, linkId: string, scope: string): Promise<void> {
  let earlier = 0
  if (scope === 'sessions') {
    const [link] = await tx
      .select({ count: paymentLinks.completedSessions })
      .from(paymentLinks)
      .where(eq(paymentLinks.id, linkId))
      .for('no key update')
    earlier = link?.count ?? 0
  }
  await tx
    .insert(placeCounters)
    .values({ linkId, scope, taken: earlier, sold: earlier })
    .onConflictDoNothing()
}

/** Counts a completed session of a link without a limit now that had one before: a later limit begins from it. */
export async function countUnlimited(tx: Writer, linkId: string): Promise<void> {
  await step(tx, linkId, 'sessions', { taken: 1, sold: 1 }, undefined)
}

/** How many places of a scope are free and how many of the taken ones are only held. */
export async function placesLeft(
  tx: Writer,
  linkId: string,
  { scope, limit }: NoPlace,
): Promise<{ free: number; held: number }> {
  const [row] = await tx
    .select()
    .from(placeCounters)
    .where(and(eq(placeCounters.linkId, linkId), eq(placeCounters.scope, scope)))
  const { taken, sold } = row ?? { taken: 0, sold: 0 }
  return { free: Math.max(limit - taken, 0), held: taken - sold }
}
