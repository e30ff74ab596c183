import { type SQL, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { events } from '@/db/schema'
import { webhookDeliveries as deliveries, webhookEndpoints as endpoints } from '@/db/webhook-schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { parse } from '@/lib/parse'
import { deliveryId, wants } from './emit'
import { findEndpoint } from './endpoints'
import { findEvent } from './events'
import { type ResendRangeInput, resendRangeInput } from './schema'

/**
 * Sends an event again, under its own id: to one endpoint, whatever types that has chosen, or to all that are
 * switched on and want its type. What is on its way at this moment is left alone.
 *
 * @returns to how many endpoints it is being sent
 * @throws AppError `not_found`, `conflict` when the endpoint is switched off
 */
export async function resendEvent(eventId: string, endpointId?: string): Promise<number> {
  const event = await findEvent(eventId)
  return db().transaction(async (tx) => {
    if (endpointId !== undefined) {
      await requireSwitchedOn(tx, endpointId)
      return schedule(tx, sql`${events.id} = ${eventId} and ${endpoints.id} = ${endpointId}`)
    }
    return schedule(tx, sql`${events.id} = ${eventId} and ${wants(event.type)}`)
  })
}

/**
 * Sends an endpoint the events of a time again, oldest first. With `only_failed` those it has not confirmed:
 * failed, skipped, or never sent because it was switched off.
 *
 * @returns how many events are being sent
 * @throws AppError `not_found`, `invalid_request`, `conflict` when the endpoint is switched off
 */
export async function resendRange(endpointId: string, input: ResendRangeInput): Promise<number> {
  const { from, to, only_failed } = parse(resendRangeInput, input)
  return db().transaction(async (tx) => {
    await requireSwitchedOn(tx, endpointId)
    const confirmed = sql`exists (
      select 1 from ${deliveries} where ${deliveries.eventId} = ${events.id}
        and ${deliveries.endpointId} = ${endpoints.id} and ${deliveries.status} = 'delivered')`
    return schedule(
      tx,
      sql`${endpoints.id} = ${endpointId} and ${wants(events.type)}
        and ${events.createdAt} >= ${from.toISOString()}::timestamptz
        and ${events.createdAt} <= ${to.toISOString()}::timestamptz
        ${only_failed ? sql`and not ${confirmed}` : sql``}`,
    )
  })
}

async function requireSwitchedOn(tx: Writer, id: string): Promise<void> {
  const { status } = await findEndpoint(id, tx)
  if (status === 'disabled') {
    throw new AppError('conflict', 'This endpoint is switched off. Switch it on to send to it.')
  }
}

/** Puts pairs of event and endpoint on the schedule from its beginning; a microsecond apart keeps their order. */
async function schedule(tx: Writer, which: SQL): Promise<number> {
  const rows = await tx.execute(sql`
    insert into ${deliveries} (id, event_id, endpoint_id, status, next_attempt_at)
    select ${deliveryId}, ${events.id}, ${endpoints.id}, 'pending',
      now() + row_number() over (order by ${events.createdAt}, ${events.id}) * interval '1 microsecond'
    from ${events} join ${endpoints} on ${endpoints.livemode} = ${events.livemode}
    where ${events.livemode} = ${env().stripe.livemode} and ${endpoints.status} = 'enabled' and ${which}
    on conflict (event_id, endpoint_id) do update
      set status = 'pending', step = 0, leased_until = null, next_attempt_at = excluded.next_attempt_at
      where ${deliveries.leasedUntil} is null or ${deliveries.leasedUntil} <= now()
    returning ${deliveries.id}`)
  return rows.length
}
