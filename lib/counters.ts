import { sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { counters } from '@/db/stripe-schema'

/** What is counted. Each only grows. */
export type Counter =
  /** What the sweeper had to put right because no webhook had told of it. */
  | 'sweeper_repairs'
  /** Calls that had never been answered and of which the outcome was found out later. */
  | 'stripe_adoptions'
  /** Calls to Stripe that were given up because nobody needs their answer any more. */
  | 'stripe_abandoned'

/**
 * Adds to a counter of this deployment, over all its processes and restarts.
 * @param by how many, a whole number above 0
 */
export async function count(name: Counter, by = 1, writer: Writer = db()): Promise<void> {
  await writer
    .insert(counters)
    .values({ name, value: by })
    .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + ${by}` } })
}

/** Every counter that ever counted, by name. */
export async function readCounters(): Promise<Record<string, number>> {
  const rows = await db().select().from(counters)
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}
