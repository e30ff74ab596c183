import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { events } from '@/db/schema'
import { webhookDeliveries as deliveries } from '@/db/webhook-schema'

const keptDays = 90
const batch = 1000

/**
 * Removes events and the log of their deliveries after 90 days, in small steps that hold no lock for long.
 * What is still to be delivered stays.
 * @returns how many events were removed
 */
export async function purgeEvents(signal?: AbortSignal): Promise<number> {
  let count = 0
  while (!signal?.aborted) {
    const removed = await db().execute(sql`
      delete from ${events} where ${events.id} in (
        select ${events.id} from ${events}
        where ${events.createdAt} < now() - make_interval(days => ${keptDays})
          and not exists (select 1 from ${deliveries}
            where ${deliveries.eventId} = ${events.id} and ${deliveries.status} = 'pending')
        order by ${events.createdAt} limit ${batch} for update skip locked)
      returning ${events.id}`)
    count += removed.length
    if (removed.length < batch) break
  }
  return count
}
