import { sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { events } from '@/db/schema'
import { webhookDeliveries, webhookEndpoints } from '@/db/webhook-schema'
import { env } from '@/lib/env'
import { newId } from '@/lib/ids'
import type { EventType } from './types'

export type { EventType } from './types'

/**
 * Writes an event into the outbox, in the transaction of the change it speaks of, with one delivery for every
 * endpoint that is switched on and wants its type.
 * @param factKey names the fact; a second event with the same key is not written
 * @param object the resource as it is now, `data.object` of the event
 * @returns whether it is told now, and not before
 */
export async function emitEvent(
  tx: Writer,
  event: { type: EventType; factKey: string; object: Record<string, unknown> },
): Promise<boolean> {
  const { livemode } = env().stripe
  const [row] = await tx
    .insert(events)
    .values({
      id: newId('evt'),
      livemode,
      type: event.type,
      factKey: event.factKey,
      data: { object: event.object },
    })
    .onConflictDoNothing({ target: events.factKey })
    .returning({ id: events.id })
  if (row) await fanOut(tx, row.id, event.type, livemode)
  return row !== undefined
}

/** The lock makes a deletion at the same moment wait or win; without it the foreign key would fail the change. */
async function fanOut(tx: Writer, eventId: string, type: string, livemode: boolean): Promise<void> {
  await tx.execute(sql`
    insert into ${webhookDeliveries} (id, event_id, endpoint_id, status)
    select ${deliveryId}, ${eventId}, ${webhookEndpoints.id}, 'pending'
    from ${webhookEndpoints}
    where ${webhookEndpoints.livemode} = ${livemode} and ${webhookEndpoints.status} = 'enabled' and ${wants(type)}
    for key share of ${webhookEndpoints}`)
}

/** An id made by the database, for deliveries that are written from a query. */
export const deliveryId = sql`'whd_' || replace(gen_random_uuid()::text, '-', '')`

/** Whether an endpoint has chosen a type, given as a value or as a column. */
export const wants = (type: unknown) =>
  sql`(${webhookEndpoints.enabledEvents} ? '*' or ${webhookEndpoints.enabledEvents} ? ${type}::text)`
