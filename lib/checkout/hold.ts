import { eq, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { placeHolds } from '@/db/limits-schema'
import { checkoutSessions } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { type CurrentLink, findLinkInForce } from '@/lib/links/current'
import { type LinkState, linkState } from '@/lib/links/state'
import type { CheckoutSession } from './open'
import { ownSession } from './own-session'
import { type Buying, moveCounters, NoPlace, nothing, placesLeft, type Wanted, wantedPlaces } from './places'
import { readSession } from './read'
import { buyingOf } from './settle-places'

/** Whether the buyer may pay now. Anything but `held` means: do not, and nothing was charged. */
export type HoldAnswer =
  | { kind: 'held' }
  | { kind: 'closed'; state: Exclude<LinkState, 'open'>; message: string | null }
  /** `free` places are left of `item`; `held` when others are paying for the rest at this moment. */
  | { kind: 'none_left'; item: string | null; free: number; held: boolean }
  | { kind: 'bought_before' }

/**
 * Holds the places of a checkout for half an hour at most: called when the buyer presses pay, just before the
 * payment is confirmed. Pressing again keeps the hold and its end, and adjusts it to changed quantities. What is
 * bought is read from Stripe; the browser only names its session.
 *
 * @param buyerHash of the asking browser, which must be the session's
 * @throws AppError `not_found`, `stripe_unavailable`
 */
export async function holdPlace(stripeSessionId: string, buyerHash: string): Promise<HoldAnswer> {
  const row = await ownSession(stripeSessionId, buyerHash)
  const link = await findLinkInForce(row.linkId)
  if (!link) throw new AppError('not_found', 'This checkout is not known.')
  const state = linkState(link)
  if (state !== 'open') return { kind: 'closed', state, message: link.inactiveMessage }
  const wanted = wantedPlaces(link.config.restrictions, await buying(row, link, stripeSessionId))
  if (Object.keys(wanted.places).length === 0) return { kind: 'held' }
  try {
    await db().transaction((tx) => take(tx, row.id, link, wanted))
    return { kind: 'held' }
  } catch (error) {
    if (error instanceof NoPlace) return describe(error, row, link)
    throw error
  }
}

/** Asks Stripe only where quantities or the buyer matter: a rush for one thing is not held up by it. */
async function buying(
  row: CheckoutSession,
  { config }: CurrentLink,
  stripeSessionId: string,
): Promise<Buying> {
  const { inventory, per_buyer } = config.restrictions ?? {}
  if (inventory || per_buyer) return buyingOf(row, await readSession(stripeSessionId))
  return { quantities: {}, buyerHash: row.buyerHash, email: null }
}

/** A session that has ended holds nothing: confirming it tells the buyer why. */
async function take(tx: Writer, sessionId: string, link: CurrentLink, wanted: Wanted): Promise<void> {
  const [session] = await tx
    .select({ status: checkoutSessions.status })
    .from(checkoutSessions)
    .where(eq(checkoutSessions.id, sessionId))
    .for('update')
  if (session?.status !== 'open') return
  const [hold] = await tx.select().from(placeHolds).where(eq(placeHolds.checkoutSessionId, sessionId))
  const before = hold?.state === 'held' ? { places: hold.places, sold: false } : nothing
  await moveCounters(tx, link.id, before, { places: wanted.places, sold: false }, wanted.limits)
  const until = sql`now() + make_interval(mins => ${env().holdMinutes})`
  await tx
    .insert(placeHolds)
    .values({
      checkoutSessionId: sessionId,
      linkId: link.id,
      state: 'held',
      places: wanted.places,
      expiresAt: until,
    })
    .onConflictDoUpdate({
      target: placeHolds.checkoutSessionId,
      set: {
        state: 'held',
        places: wanted.places,
        expiresAt: hold?.state === 'held' ? hold.expiresAt : until,
        updatedAt: sql`now()`,
      },
    })
}

async function describe(refusal: NoPlace, row: CheckoutSession, link: CurrentLink): Promise<HoldAnswer> {
  if (/^(cookie|email):/.test(refusal.scope)) return { kind: 'bought_before' }
  const { free, held } = await placesLeft(db(), link.id, refusal)
  const price = refusal.scope.slice('price:'.length)
  const item = row.snapshot.items.find((one) => one.price === price)?.name ?? null
  return { kind: 'none_left', item, free: refusal.scope === 'sessions' ? 0 : free, held: held > 0 }
}

/** Gives back what an ended session held; does nothing where there is nothing. */
export async function releaseHold(tx: Writer, sessionId: string): Promise<void> {
  const [hold] = await tx.select().from(placeHolds).where(eq(placeHolds.checkoutSessionId, sessionId))
  if (hold?.state !== 'held') return
  await moveCounters(tx, hold.linkId, { places: hold.places, sold: false }, nothing)
  await tx
    .update(placeHolds)
    .set({ state: 'released', places: {}, expiresAt: null, updatedAt: sql`now()` })
    .where(eq(placeHolds.checkoutSessionId, sessionId))
}
