import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { checkoutSessions } from '@/db/schema'
import { count } from '@/lib/counters'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { paced } from './pace'
import { type Settled, settleCheckout } from './settle'

/** Sessions asked about in one round: half a minute's work at the sweeper's pace. */
const most = 300

/** Asks Stripe about sessions of which we should have heard. */
export function sweepSessions(signal: AbortSignal): Promise<void> {
  return paced(takeDue, settle, { most, signal })
}

async function settle(id: string): Promise<void> {
  try {
    const settled = await settleCheckout(id, 'sweep')
    if (!isRepair(settled)) return
    await count('sweeper_repairs')
    log.warn(
      { session: settled.row.id, reason: settled.outcome },
      'the sweeper settled what no webhook told of',
    )
  } catch (error) {
    log.error({ session: id, error }, 'the sweeper could not settle a session')
  }
}

/** Whether something changed that an event should have changed before. `row` is as it was. */
function isRepair(settled: Settled): settled is Exclude<Settled, { outcome: 'unknown' }> {
  if (settled.outcome === 'expired') return settled.row.status === 'open'
  return settled.outcome === 'settled' && (settled.row.status !== 'complete' || settled.fulfilled)
}

/**
 * Marks the session that has waited longest as asked about. The first look comes after two rounds, when a
 * webhook should have been, the next ones at growing distances, and one right after it should have expired.
 * The mark is the cursor: a sweeper that is killed goes on where it was.
 */
async function takeDue(): Promise<string | undefined> {
  const { status, paymentStatus, checkedAt, createdAt, expiresAt } = checkoutSessions
  const round = env().sweepSeconds
  const due = db()
    .select({ id: checkoutSessions.id })
    .from(checkoutSessions)
    .where(
      and(
        eq(checkoutSessions.livemode, env().stripe.livemode),
        isNotNull(checkoutSessions.stripeSessionId),
        sql`(${status} = 'open' or (${status} = 'complete' and ${paymentStatus} = 'unpaid'))`,
        sql`case when ${checkedAt} is null then ${createdAt} + make_interval(secs => ${round * 2})
                 when ${status} = 'open' and ${checkedAt} < ${expiresAt} then least(
                   ${expiresAt} + make_interval(secs => ${round * 2}), ${nextLook(round)})
                 else ${nextLook(round)} end <= now()`,
      ),
    )
    .orderBy(sql`${checkedAt} nulls first`)
    .limit(1)
    .for('update', { skipLocked: true })
  const [row] = await db()
    .update(checkoutSessions)
    .set({ checkedAt: sql`now()` })
    .where(sql`${checkoutSessions.id} = (${due})`)
    .returning({ id: checkoutSessions.stripeSessionId })
  return row?.id ?? undefined
}

/** After as long again as the session is old, ten rounds at least and six hours at most. */
function nextLook(round: number) {
  const { checkedAt, createdAt } = checkoutSessions
  return sql`${checkedAt} + greatest(make_interval(secs => ${round * 10}),
    least(${checkedAt} - ${createdAt}, interval '6 hours'))`
}
