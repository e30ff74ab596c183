import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { checkoutSessions, paymentLinks } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { callStripe } from '@/lib/stripe/calls'
import { settleCheckout } from './settle'

/** How many sessions one round asks Stripe about: far below its 25 requests a second. */
const batch = 50

export type Swept = { settled: number; closed: number; abandoned: number }

/**
 * Finds what webhooks missed: sessions that were paid or expired without our hearing of it, delayed payments
 * that ended, open sessions of links that were switched off, rows whose call to Stripe never came back.
 * Any number of processes may sweep; each session is asked about by one of them, once per interval.
 */
export async function sweep(): Promise<Swept> {
  const closed = await closeSwitchedOff()
  const abandoned = await abandonUnanswered()
  let settled = 0
  for (const id of await takeDue()) {
    try {
      const result = await settleCheckout(id, 'sweep')
      if (result.outcome !== 'open') settled++
      if (result.outcome === 'settled' && result.fulfilled) {
        log.warn({ order: result.order.id }, 'the sweeper fulfilled an order that no webhook had told of')
      }
    } catch (error) {
      log.error({ session: id, error }, 'the sweeper could not settle a session')
    }
  }
  return { settled, closed, abandoned }
}

/** Marks the sessions as asked about and returns their Stripe ids. */
async function takeDue(): Promise<string[]> {
  const waiting = sql`(${checkoutSessions.status} = 'open' or (${checkoutSessions.status} = 'complete' and ${checkoutSessions.paymentStatus} = 'unpaid'))`
  const round = env().sweepSeconds
  const due = db()
    .select({ id: checkoutSessions.id })
    .from(checkoutSessions)
    .where(
      and(
        eq(checkoutSessions.livemode, env().stripe.livemode),
        waiting,
        isNotNull(checkoutSessions.stripeSessionId),
        // The first look comes after two rounds, when a webhook should have been; later ones are rarer.
        sql`coalesce(${checkoutSessions.checkedAt} + make_interval(secs => ${round * 10}),
                     ${checkoutSessions.createdAt} + make_interval(secs => ${round * 2})) <= now()`,
      ),
    )
    .orderBy(sql`${checkoutSessions.checkedAt} nulls first`)
    .limit(batch)
    .for('update', { skipLocked: true })
  const rows = await db()
    .update(checkoutSessions)
    .set({ checkedAt: sql`now()` })
    .where(inArray(checkoutSessions.id, due))
    .returning({ id: checkoutSessions.stripeSessionId })
  return rows.flatMap(({ id }) => (id ? [id] : []))
}

/** A link that was switched off finalises no purchase any more (Stripe Payment Links, deactivate). */
async function closeSwitchedOff(): Promise<number> {
  const rows = await db()
    .select({ id: checkoutSessions.stripeSessionId })
    .from(checkoutSessions)
    .innerJoin(paymentLinks, eq(paymentLinks.id, checkoutSessions.linkId))
    .where(
      and(
        eq(checkoutSessions.livemode, env().stripe.livemode),
        eq(checkoutSessions.status, 'open'),
        isNotNull(checkoutSessions.stripeSessionId),
        eq(paymentLinks.active, false),
      ),
    )
    .limit(batch)
  let closed = 0
  for (const { id } of rows) {
    if (id && (await closeSession(id))) closed++
  }
  return closed
}

async function closeSession(stripeSessionId: string): Promise<boolean> {
  try {
    await callStripe('checkout.sessions.expire', (stripe, options) =>
      stripe.checkout.sessions.expire(stripeSessionId, {}, options),
    )
  } catch (error) {
    // Already paid or expired: settling says which.
    if (!(error instanceof AppError && error.code === 'invalid_request')) {
      log.error({ session: stripeSessionId, error }, 'a session of a switched-off link is still open')
      return false
    }
  }
  const settled = await settleCheckout(stripeSessionId, 'sweep')
  return settled.outcome === 'expired'
}

/** No browser ever got the client secret of such a row, so nobody can have paid: it is only let go. */
async function abandonUnanswered(): Promise<number> {
  const rows = await db()
    .update(checkoutSessions)
    .set({ status: 'expired', updatedAt: sql`now()` })
    .where(
      and(
        eq(checkoutSessions.status, 'open'),
        isNull(checkoutSessions.stripeSessionId),
        sql`${checkoutSessions.createdAt} < now() - interval '1 hour'`,
      ),
    )
    .returning({ id: checkoutSessions.id })
  return rows.length
}
