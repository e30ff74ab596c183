import { and, eq, sql } from 'drizzle-orm'
import type Stripe from 'stripe'
import { db } from '@/db/client'
import { stripeEvents } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { stripe } from '@/lib/stripe/client'
import { settleCheckout } from './settle'

/** Stripe's own tolerance for old signatures; the SDK lets any future time pass, we do not. */
const toleranceSeconds = 300
/** After this many tries a person has to look. With the waits below, about a day. */
const maximumAttempts = 12
const leaseSeconds = 60

const settling = new Set<string>([
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
])

/**
 * Verifies a webhook of Stripe's and keeps it; nothing else happens before it is answered.
 * @param body the raw bytes as text; a re-serialised body does not verify
 * @returns the event's id, and whether it was new
 * @throws AppError `invalid_request` for anything that Stripe did not sign
 */
export async function receiveStripeEvent(
  body: string,
  signature: string | null,
): Promise<{ id: string; isNew: boolean }> {
  const event = verify(body, signature)
  const { livemode } = env().stripe
  const object = event.data.object as { id?: unknown }
  const reason = refusalOf(event, livemode)
  const inserted = await db()
    .insert(stripeEvents)
    .values({
      id: event.id,
      livemode: event.livemode,
      type: event.type,
      apiVersion: event.api_version,
      objectId: typeof object.id === 'string' ? object.id : null,
      payload: body,
      state: reason ? 'ignored' : 'pending',
      reason,
    })
    .onConflictDoNothing()
    .returning({ id: stripeEvents.id })
  return { id: event.id, isNew: inserted.length > 0 }
}

function verify(body: string, signature: string | null): Stripe.Event {
  const time = Number(/(?:^|,)t=(\d+)/.exec(signature ?? '')?.[1] ?? Number.NaN)
  const inTime = time <= Date.now() / 1000 + toleranceSeconds
  for (const secret of env().stripe.webhookSecrets) {
    try {
      const event = stripe().webhooks.constructEvent(body, signature ?? '', secret, toleranceSeconds)
      if (inTime) return event
    } catch {
      // The other secret may fit while one is being rolled.
    }
  }
  throw new AppError('invalid_request', 'The signature does not match.')
}

function refusalOf(event: Stripe.Event, livemode: boolean): string | null {
  if (event.livemode !== livemode) return `the event is of ${event.livemode ? 'live' : 'test'} mode`
  return settling.has(event.type) ? null : 'nothing follows from this type'
}

/**
 * Works on events that are due, one after the other; any number of processes may do so at once. A row is
 * leased, not locked, while Stripe is asked: a killed worker's row comes back after a minute.
 *
 * @param only one event to work on now, if it is due
 * @returns how many were worked on
 */
export async function workInbox(only?: string): Promise<number> {
  let count = 0
  while (count < 100) {
    const event = await lease(only)
    if (!event) break
    await work(event)
    count++
    if (only) break
  }
  return count
}

type InboxRow = typeof stripeEvents.$inferSelect

async function lease(only?: string): Promise<InboxRow | undefined> {
  const due = db()
    .select({ id: stripeEvents.id })
    .from(stripeEvents)
    .where(
      and(
        eq(stripeEvents.state, 'pending'),
        sql`${stripeEvents.nextAttemptAt} <= now()`,
        only ? eq(stripeEvents.id, only) : undefined,
      ),
    )
    .orderBy(stripeEvents.nextAttemptAt)
    .limit(1)
    .for('update', { skipLocked: true })
  const [row] = await db()
    .update(stripeEvents)
    .set({
      attempts: sql`${stripeEvents.attempts} + 1`,
      nextAttemptAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .where(sql`${stripeEvents.id} = (${due})`)
    .returning()
  return row
}

async function work(event: InboxRow): Promise<void> {
  try {
    const reason = await settleFrom(event)
    await close(event, reason === null ? 'done' : 'ignored', reason)
  } catch (error) {
    await postpone(event, error)
  }
}

/** Why nothing followed, or null when the session was settled. */
async function settleFrom(event: InboxRow): Promise<string | null> {
  if (!event.objectId) return 'the event names no session'
  const settled = await settleCheckout(event.objectId, 'webhook')
  if (settled.outcome !== 'unknown') return null
  if (settled.ours) throw new Error('the session of this event is not recorded yet')
  return 'the session was not opened by this application'
}

async function close(event: InboxRow, state: 'done' | 'ignored', reason: string | null): Promise<void> {
  await db()
    .update(stripeEvents)
    .set({ state, reason, processedAt: sql`now()` })
    .where(eq(stripeEvents.id, event.id))
}

async function postpone(event: InboxRow, error: unknown): Promise<void> {
  const dead = event.attempts >= maximumAttempts
  const reason = error instanceof Error ? error.message : String(error)
  log[dead ? 'error' : 'warn'](
    { event: event.id, attempt: event.attempts, error },
    'an event was not settled',
  )
  // 2 s, 4 s, 8 s … at most four hours between tries.
  const wait = Math.min(2 ** event.attempts, 14_400)
  await db()
    .update(stripeEvents)
    .set({
      state: dead ? 'dead' : 'pending',
      reason: reason.slice(0, 500),
      nextAttemptAt: sql`now() + make_interval(secs => ${wait})`,
    })
    .where(eq(stripeEvents.id, event.id))
}
