import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { stripeEvents } from '@/db/schema'
import { stripeHealth } from '@/lib/stripe/gate'

export type Readiness = {
  ready: boolean
  database: 'ok' | 'unreachable'
  /** Seconds the oldest event has waited past its time; null when none waits or the database cannot say. */
  oldest_event_seconds: number | null
  /** Whether Stripe answers this process. Not being answered makes nobody unready: the page says so itself. */
  stripe: ReturnType<typeof stripeHealth>
}

/** Whether this process can serve buyers now: the database answers, and received events are being worked on. */
export async function readiness(): Promise<Readiness> {
  try {
    const [row] = await db()
      .select({
        seconds: sql<string | null>`extract(epoch from now() - min(${stripeEvents.nextAttemptAt}))`,
      })
      .from(stripeEvents)
      .where(sql`${stripeEvents.state} = 'pending' and ${stripeEvents.nextAttemptAt} <= now()`)
    const seconds = row?.seconds ? Math.round(Number(row.seconds)) : null
    return {
      ready: (seconds ?? 0) < 300,
      database: 'ok',
      oldest_event_seconds: seconds,
      stripe: stripeHealth(),
    }
  } catch {
    return { ready: false, database: 'unreachable', oldest_event_seconds: null, stripe: stripeHealth() }
  }
}
