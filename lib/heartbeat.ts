import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { heartbeats } from '@/db/stripe-schema'

const name = 'worker'

/** Says that a worker of this deployment is alive. */
export async function beat(): Promise<void> {
  await db()
    .insert(heartbeats)
    .values({ name })
    .onConflictDoUpdate({ target: heartbeats.name, set: { at: sql`now()` } })
}

/** Seconds since any worker was heard of; null when none ever was. */
export async function secondsSinceBeat(): Promise<number | null> {
  const [row] = await db()
    .select({ seconds: sql<string>`extract(epoch from now() - ${heartbeats.at})` })
    .from(heartbeats)
  return row ? Math.round(Number(row.seconds)) : null
}
