import { and, eq, sql } from 'drizzle-orm'
import type Stripe from 'stripe'
import { db } from '@/db/client'
import { checkoutSessions } from '@/db/schema'
import { sweepCursors } from '@/db/stripe-schema'
import { count } from '@/lib/counters'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { callStripe } from '@/lib/stripe/calls'
import { keepEvent } from './inbox'
import { paced } from './pace'

const perPage = 100
const most = 20

/**
 * A scan goes from the newest undelivered event back to `since`, page by page, over as many rounds as it
 * takes; the next one begins where this one began. Times are Stripe's, in Unix seconds.
 */
type Position = {
  since: number
  /** The last event of the last page, null between two scans. */
  after: string | null
  /** Where the next scan has to begin. */
  next: number
}

/** Puts into the inbox what Stripe lists as undelivered (Stripe, Process undelivered webhook events). */
export async function sweepEvents(signal: AbortSignal): Promise<void> {
  let position = await takeCursor()
  if (!position) return
  await paced(
    async () => position,
    async (from) => {
      position = await scanPage(from)
    },
    { most, signal },
  )
}

/** @returns where to go on, undefined at the end of the scan */
async function scanPage(from: Position): Promise<Position | undefined> {
  const page = await listPage(from)
  // The event it ended at has been delivered or has gone since: the scan begins anew.
  if (!page) {
    await keepCursor({ ...from, after: null, next: from.since })
    return undefined
  }
  let next = from.after === null ? Math.max(from.since, page.data[0]?.created ?? 0) : from.next
  for (const event of page.data) {
    // Its webhook may be on the way: the next scan looks at it again.
    if (isFresh(event)) next = Math.min(next, event.created)
    else await take(event)
  }
  const after = page.has_more ? (page.data.at(-1)?.id ?? null) : null
  const position = after === null ? { since: next, after, next } : { since: from.since, after, next }
  await keepCursor(position)
  return after === null ? undefined : position
}

async function take(event: Stripe.Event): Promise<void> {
  if (!(await keepEvent(event, JSON.stringify(event)))) return
  await count('sweeper_repairs')
  log.warn({ event: event.id, event_type: event.type }, 'the sweeper found an event that never arrived')
}

function isFresh({ created }: Stripe.Event): boolean {
  const age = Date.now() / 1000 - created
  return age >= 0 && age < env().sweepSeconds * 2
}

async function listPage({ since, after }: Position): Promise<Stripe.ApiList<Stripe.Event> | undefined> {
  try {
    return await callStripe('events.list', (stripe, options) =>
      stripe.events.list(
        {
          delivery_success: false,
          created: { gte: since },
          limit: perPage,
          ...(after && { starting_after: after }),
        },
        options,
      ),
    )
  } catch (error) {
    const isGone = error instanceof AppError && ['invalid_request', 'not_found'].includes(error.code)
    if (after && isGone) return undefined
    throw error
  }
}

const cursorName = () => `stripe.events.${env().stripe.livemode ? 'live' : 'test'}`

/** The cursor, for one process per round. */
async function takeCursor(): Promise<Position | undefined> {
  const name = cursorName()
  const [taken] = await db()
    .update(sweepCursors)
    .set({ updatedAt: sql`now()` })
    .where(
      and(
        eq(sweepCursors.name, name),
        sql`${sweepCursors.updatedAt} <= now() - make_interval(secs => ${env().sweepSeconds * 0.9})`,
      ),
    )
    .returning({ position: sweepCursors.position })
  if (taken) return taken.position as Position
  const since = await firstSale()
  const [made] = await db()
    .insert(sweepCursors)
    .values({ name, position: { since, after: null, next: since } })
    .onConflictDoNothing()
    .returning({ position: sweepCursors.position })
  return made?.position as Position | undefined
}

/** Nothing from before our first checkout can concern us. */
async function firstSale(): Promise<number> {
  const [row] = await db()
    .select({ seconds: sql<string | null>`extract(epoch from min(${checkoutSessions.createdAt}))` })
    .from(checkoutSessions)
    .where(eq(checkoutSessions.livemode, env().stripe.livemode))
  return Math.floor(Number(row?.seconds ?? Date.now() / 1000)) - 300
}

async function keepCursor(position: Position): Promise<void> {
  await db()
    .update(sweepCursors)
    .set({ position, updatedAt: sql`now()` })
    .where(eq(sweepCursors.name, cursorName()))
}
