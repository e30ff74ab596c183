import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { checkoutSessions } from '@/db/schema'
import { AppError } from '@/lib/errors'

/** Longer than the tries of two calls to Stripe take together; a process that died blocks no longer. */
const leaseSeconds = 120
const patienceMs = 10_000

/**
 * Makes a change to what a session buys while nobody else makes one: each replaces all lines by what it read
 * before. A lease in the session's row, because no transaction stays open while Stripe is asked.
 *
 * @throws AppError `stripe_unavailable` when another change takes too long
 */
export async function inTurn<T>(sessionId: string, change: () => Promise<T>): Promise<T> {
  const until = await takeTurn(sessionId)
  try {
    return await change()
  } finally {
    await db()
      .update(checkoutSessions)
      .set({ changingUntil: null })
      .where(and(eq(checkoutSessions.id, sessionId), eq(checkoutSessions.changingUntil, until)))
  }
}

async function takeTurn(sessionId: string): Promise<Date> {
  const begun = Date.now()
  for (;;) {
    const [taken] = await db()
      .update(checkoutSessions)
      // A Date has milliseconds only, and is compared with when the turn ends.
      .set({ changingUntil: sql`date_trunc('milliseconds', now()) + make_interval(secs => ${leaseSeconds})` })
      .where(
        and(
          eq(checkoutSessions.id, sessionId),
          or(isNull(checkoutSessions.changingUntil), lt(checkoutSessions.changingUntil, sql`now()`)),
        ),
      )
      .returning({ until: checkoutSessions.changingUntil })
    if (taken?.until) return taken.until
    if (Date.now() - begun > patienceMs) {
      throw new AppError('stripe_unavailable', 'This checkout is being changed elsewhere.', { retryAfter: 2 })
    }
    await sleep(50 + Math.random() * 100)
  }
}
