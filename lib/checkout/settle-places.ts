import { eq, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { placeHolds } from '@/db/limits-schema'
import { paymentLinks } from '@/db/schema'
import type { Places } from '@/db/types'
import { lockRestrictions } from '@/lib/links/current'
import type { CheckoutSession } from './open'
import {
  type Buying,
  countUnlimited,
  type Holding,
  moveCounters,
  NoPlace,
  nothing,
  type Wanted,
  wantedPlaces,
} from './places'
import type { StripeSession } from './read'
import { itemOf } from './snapshot'

type Hold = typeof placeHolds.$inferSelect
type Payment = 'paid' | 'processing' | 'payment_failed'

/** What a checkout buys and who buys it, as Stripe has it now. */
export function buyingOf(
  row: Pick<CheckoutSession, 'buyerHash' | 'snapshot'>,
  { session, lines }: StripeSession,
): Buying {
  const quantities: Record<string, number> = {}
  for (const line of lines) {
    const price = itemOf(row.snapshot, line)?.price ?? line.price?.id ?? ''
    quantities[price] = (quantities[price] ?? 0) + (line.quantity ?? 0)
  }
  return {
    quantities,
    buyerHash: row.buyerHash,
    email: session.customer_details?.email ?? session.customer_email,
  }
}

/**
 * Turns the hold of a completed session into a sale, in the transaction that settles it: a payment that is on its
 * way keeps its places until it ends, one that failed gives them back. A payment that comes without a hold takes
 * what is free. The link's count of completed sessions follows; a payment that fails later does not lower it.
 *
 * @returns false where there was no place left: the money has to go back
 */
export async function settlePlaces(
  tx: Writer,
  row: CheckoutSession,
  found: StripeSession,
  payment: Payment,
): Promise<boolean> {
  const restrictions = await lockRestrictions(tx, row.linkId)
  const [hold] = await tx.select().from(placeHolds).where(eq(placeHolds.checkoutSessionId, row.id))
  const isFirst = row.status !== 'complete'
  // It was completed while the link had no limits.
  if (!hold && !isFirst) return true
  const settled = await settleHold(tx, row, hold, wantedPlaces(restrictions, buyingOf(row, found)), payment)
  if (!settled) return false
  if (isFirst) {
    await tx
      .update(paymentLinks)
      .set({ completedSessions: sql`${paymentLinks.completedSessions} + 1` })
      .where(eq(paymentLinks.id, row.linkId))
    if (!settled.sessions) await countUnlimited(tx, row.linkId)
  }
  return true
}

/** The places the session has now, or null where it has none and should. Monotone, as the order's status is. */
async function settleHold(
  tx: Writer,
  row: CheckoutSession,
  hold: Hold | undefined,
  wanted: Wanted,
  payment: Payment,
) {
  if (hold?.state === 'refused') return null
  if (hold?.state === 'sold' || (hold?.state === 'returned' && payment !== 'paid')) return hold.places
  const before: Holding = hold ? { places: hold.places, sold: hold.state === 'returned' } : nothing
  const after = nextHolding(hold, wanted, payment)
  if (!hold && Object.keys(after.places).length === 0) return after.places
  try {
    await tx.transaction((inner) =>
      moveCounters(inner, row.linkId, before, after, payment === 'payment_failed' ? {} : wanted.limits),
    )
  } catch (error) {
    if (!(error instanceof NoPlace)) throw error
    await moveCounters(tx, row.linkId, before, nothing)
    await keep(tx, row, 'refused', nothing)
    return null
  }
  await keep(tx, row, payment === 'paid' ? 'sold' : payment === 'processing' ? 'held' : 'returned', after)
  return after.places
}

/** A failed payment gives everything back but the completed session, which stays counted as Stripe counts it. */
function nextHolding(hold: Hold | undefined, { places }: Wanted, payment: Payment): Holding {
  const sessions = places.sessions ?? hold?.places.sessions
  const session: Places = sessions ? { sessions } : {}
  if (payment === 'payment_failed') return { places: session, sold: true }
  return { places: { ...session, ...places }, sold: payment === 'paid' }
}

async function keep(
  tx: Writer,
  row: CheckoutSession,
  state: Hold['state'],
  { places }: Holding,
): Promise<void> {
  const values = { state, places, expiresAt: null, updatedAt: sql`now()` }
  await tx
    .insert(placeHolds)
    .values({ checkoutSessionId: row.id, linkId: row.linkId, ...values })
    .onConflictDoUpdate({ target: placeHolds.checkoutSessionId, set: values })
}
