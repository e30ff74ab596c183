import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { stripeEvents } from '@/db/schema'
import { secondsSinceBeat } from '@/lib/heartbeat'
import { stripeHealth } from '@/lib/stripe/gate'

export type Readiness = {
  ready: boolean
  database: 'ok' | 'unreachable'
  /** Seconds the oldest event has waited past its time; null when none waits or the database cannot say. */
  oldest_event_seconds: number | null
  /** Whether a worker of this deployment, here or elsewhere, was heard of within a minute. */
  worker: 'ok' | 'silent' | 'unknown'
  /** Whether Stripe answers this process. Not being answered makes nobody unready: the page says so itself. */
  stripe: ReturnType<typeof stripeHealth>
}

const patienceSeconds = 60

/** Where none was ever heard of, one may be starting as we are. */
async function workerState(): Promise<Readiness['worker']> {
  const seconds = await secondsSinceBeat()
  if (seconds === null) return process.uptime() < patienceSeconds ? 'unknown' : 'silent'
  return seconds <= patienceSeconds ? 'ok' : 'silent'
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
    const worker = await workerState()
    return {
      ready: (seconds ?? 0) < 300 && worker !== 'silent',
      database: 'ok',
      worker,
      oldest_event_seconds: seconds,
      stripe: stripeHealth(),
    }
  } catch {
    return {
      ready: false,
      database: 'unreachable',
      worker: 'unknown',
      oldest_event_seconds: null,
      stripe: stripeHealth(),
    }
  }
}
