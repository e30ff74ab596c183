import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { keyset } from '@/db/keyset'
import { stripeEvents } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { type Page, type PageRequest, toPage } from '@/lib/page'

export type EventState = (typeof stripeEvents.$inferSelect)['state']

export type ReceivedSummary = {
  id: string
  type: string
  object_id: string | null
  state: EventState
  reason: string | null
  attempts: number
  received_at: Date
}

/** Events Stripe sent, newest first, of both modes: those of the other mode are kept with the reason. */
export async function listReceived(
  request: PageRequest,
  state?: EventState | undefined,
): Promise<Page<ReceivedSummary>> {
  const { where, orderBy } = keyset(stripeEvents, request, stripeEvents.receivedAt)
  const rows = await db()
    .select({
      id: stripeEvents.id,
      type: stripeEvents.type,
      object_id: stripeEvents.objectId,
      state: stripeEvents.state,
      reason: stripeEvents.reason,
      attempts: stripeEvents.attempts,
      received_at: stripeEvents.receivedAt,
    })
    .from(stripeEvents)
    .where(and(where, state ? eq(stripeEvents.state, state) : undefined))
    .orderBy(...orderBy)
    .limit(request.limit + 1)
  return toPage(rows, request)
}

/** Starts over: all tries are before it again. */
const afresh = { state: 'pending' as const, attempts: 0, reason: null, nextAttemptAt: sql`now()` }

/**
 * Has an event that was given up on worked on again.
 * @throws AppError `not_found`, `conflict` when it was not given up on
 */
export async function retryDeadEvent(id: string): Promise<void> {
  const [retried] = await db()
    .update(stripeEvents)
    .set(afresh)
    .where(and(eq(stripeEvents.id, id), eq(stripeEvents.state, 'dead')))
    .returning({ id: stripeEvents.id })
  if (retried) return
  const [row] = await db().select({ id: stripeEvents.id }).from(stripeEvents).where(eq(stripeEvents.id, id))
  if (!row) throw new AppError('not_found', 'There is no such event.')
  throw new AppError('conflict', 'This event was not given up on: there is nothing to retry.')
}

/** Has all events of this mode that were given up on worked on again. @returns how many */
export async function retryDeadEvents(): Promise<number> {
  const rows = await db()
    .update(stripeEvents)
    .set(afresh)
    .where(and(eq(stripeEvents.state, 'dead'), eq(stripeEvents.livemode, env().stripe.livemode)))
    .returning({ id: stripeEvents.id })
  return rows.length
}
