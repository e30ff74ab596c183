import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { stripeEvents } from '@/db/schema'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { once } from '@/lib/once'
import { storable } from '@/lib/storable'
import { handlerOf } from './dispatch'
import type { ReceivedEvent } from './received-event'

/** After this many tries a person has to look. With the waits below, about twenty hours. */
const maximumAttempts = 18
const longestWait = 14_400
/** A killed process's events come back after this time; a living one renews its lease well before. */
const leaseSeconds = 10
const renewal = 3000
/** Events one process works on beside those of its loops: the rest waits for them. */
const slots = 4

type InboxRow = typeof stripeEvents.$inferSelect

const busy = () => once('inbox', () => ({ slots: 0 }))

/**
 * Works on events that are due, one after the other; any number of loops and processes may do so at once. A row
 * is leased, not locked, while Stripe is asked.
 * @returns how many were worked on
 */
export async function workInbox(): Promise<number> {
  let count = 0
  for (; count < 100; count++) {
    const event = await lease()
    if (!event) break
    await workLeased(event)
  }
  return count
}

/** Works on one event that has just come, unless this process has enough in hand: then a loop takes it up. */
export async function workOnEvent(id: string): Promise<void> {
  if (busy().slots >= slots) return
  busy().slots++
  try {
    const event = await lease(id)
    if (event) await workLeased(event)
  } finally {
    busy().slots--
  }
}

async function lease(only?: string): Promise<InboxRow | undefined> {
  const due = db()
    .select({ id: stripeEvents.id })
    .from(stripeEvents)
    .where(
      and(
        eq(stripeEvents.state, 'pending'),
        eq(stripeEvents.livemode, env().stripe.livemode),
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

async function workLeased(event: InboxRow): Promise<void> {
  const renewing = setInterval(() => {
    renew(event).catch((error: unknown) => log.warn({ event: event.id, error }, 'a lease was not renewed'))
  }, renewal)
  try {
    const reason = await follow(event)
    await close(event, reason)
  } catch (error) {
    await postpone(event, error)
  } finally {
    clearInterval(renewing)
  }
}

async function follow(event: InboxRow): Promise<string | null> {
  const handle = handlerOf(event.type)
  if (!handle) return 'nothing follows from this type'
  const { data } = storable(JSON.parse(event.payload) as Pick<ReceivedEvent, 'data'>)
  return handle({ id: event.id, type: event.type, data })
}

/** Only while nobody else has ended it: a process that was away for long comes back to another's outcome. */
const mine = (event: InboxRow) => and(eq(stripeEvents.id, event.id), eq(stripeEvents.state, 'pending'))

async function renew(event: InboxRow): Promise<void> {
  await db()
    .update(stripeEvents)
    .set({ nextAttemptAt: sql`now() + make_interval(secs => ${leaseSeconds})` })
    .where(mine(event))
}

async function close(event: InboxRow, reason: string | null): Promise<void> {
  await db()
    .update(stripeEvents)
    .set({ state: reason === null ? 'done' : 'ignored', reason, processedAt: sql`now()` })
    .where(mine(event))
}

async function postpone(event: InboxRow, error: unknown): Promise<void> {
  const dead = event.attempts >= maximumAttempts
  const reason = error instanceof Error ? error.message : String(error)
  log[dead ? 'error' : 'warn'](
    { event: event.id, event_type: event.type, attempt: event.attempts, error },
    dead ? 'an event is given up on and waits for a person' : 'an event is tried again later',
  )
  // 2 s, 4 s, 8 s … at most four hours between tries.
  const wait = Math.min(2 ** event.attempts, longestWait)
  await db()
    .update(stripeEvents)
    .set({
      state: dead ? 'dead' : 'pending',
      reason: storable(reason).slice(0, 500),
      nextAttemptAt: sql`now() + make_interval(secs => ${wait})`,
    })
    .where(mine(event))
}
