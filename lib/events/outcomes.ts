import { and, eq, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { webhookDeliveries as deliveries, webhookEndpoints as endpoints } from '@/db/webhook-schema'
import { log } from '@/lib/log'
import type { Claim } from './claims'
import type { Answer } from './post'
import { hasFailedTooLong, nextWait } from './schedule'

/**
 * Writes down how a try ended and what follows: done, again later, given up, or the endpoint switched off.
 * A worker whose lease ran out and whose delivery another has taken changes nothing.
 * @param timeScale divides every wait
 */
export async function recordOutcome(claim: Claim, answer: Answer, timeScale: number): Promise<void> {
  const fields = { endpoint: claim.endpoint.id, delivery: claim.id, event: claim.event.id }
  const ended = { ...fields, attempt: claim.attempts, status: answer.status, ms: answer.ms }
  if (answer.error === null) {
    await recordSuccess(claim, answer)
    log.info(ended, 'a webhook was delivered')
    return
  }
  log.warn({ ...ended, reason: answer.error }, 'a webhook was not delivered')
  const off = await db().transaction((tx) => recordFailure(tx, claim, answer, timeScale))
  if (off) log.error({ ...fields, reason: off }, 'a webhook endpoint was switched off')
}

const lastTry = (answer: Answer) => ({
  leasedUntil: null,
  lastStatusCode: answer.status,
  lastError: answer.error,
  lastMs: answer.ms,
  responseExcerpt: answer.excerpt,
})

const stillOurs = (claim: Claim) => and(eq(deliveries.id, claim.id), eq(deliveries.attempts, claim.attempts))

async function recordSuccess(claim: Claim, answer: Answer): Promise<void> {
  await db()
    .update(deliveries)
    .set({ ...lastTry(answer), status: 'delivered', deliveredAt: sql`now()` })
    .where(stillOurs(claim))
  await db()
    .update(endpoints)
    .set({ failingSince: null })
    .where(and(eq(endpoints.id, claim.endpoint.id), sql`${endpoints.failingSince} is not null`))
}

/** @returns why the endpoint was switched off, if it was. */
async function recordFailure(
  tx: Writer,
  claim: Claim,
  answer: Answer,
  timeScale: number,
): Promise<'gone' | 'failures' | null> {
  const [endpoint] = await tx
    .update(endpoints)
    .set({ failingSince: sql`coalesce(${endpoints.failingSince}, now())` })
    .where(eq(endpoints.id, claim.endpoint.id))
    .returning({ failingSince: endpoints.failingSince })
  const wait = nextWait(claim.step, answer.retryAfter)
  await tx
    .update(deliveries)
    .set({
      ...lastTry(answer),
      status: wait === null ? 'failed' : 'pending',
      ...(wait !== null && { nextAttemptAt: sql`now() + make_interval(secs => ${wait / timeScale})` }),
    })
    .where(and(stillOurs(claim), eq(deliveries.status, 'pending')))
  if (!endpoint) return null
  const tooLong = hasFailedTooLong(endpoint.failingSince, new Date(), timeScale)
  const reason = answer.status === 410 ? 'gone' : tooLong ? 'failures' : null
  return reason && (await switchOff(tx, claim.endpoint.id, reason)) ? reason : null
}

/**
 * Switches an endpoint off; what still waits for it is marked as skipped and can be re-sent later.
 * @returns false if it was off already
 */
export async function switchOff(
  tx: Writer,
  id: string,
  by: 'merchant' | 'gone' | 'failures',
): Promise<boolean> {
  const changed = await tx
    .update(endpoints)
    .set({ status: 'disabled', disabledBy: by, disabledAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(endpoints.id, id), eq(endpoints.status, 'enabled')))
    .returning({ id: endpoints.id })
  if (changed.length === 0) return false
  await tx
    .update(deliveries)
    .set({ status: 'skipped', leasedUntil: null })
    .where(and(eq(deliveries.endpointId, id), eq(deliveries.status, 'pending')))
  return true
}
