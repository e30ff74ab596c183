import type { Writer } from '@/db/client'
import { events } from '@/db/schema'
import { env } from '@/lib/env'
import { newId } from '@/lib/ids'

export type EventType =
  | 'payment_link.created'
  | 'payment_link.updated'
  | 'checkout.session.completed'
  | 'checkout.session.async_payment_succeeded'
  | 'checkout.session.async_payment_failed'
  | 'checkout.session.expired'
  | 'order.fulfilled'
  | 'order.refunded'
  | 'order.disputed'
  | 'charge.refunded'

/**
 * Writes an event into the outbox, in the transaction of the change it speaks of.
 * @param factKey names the fact; a second event with the same key is not written
 * @param object the resource as it is now, `data.object` of the event
 */
export async function emitEvent(
  tx: Writer,
  event: { type: EventType; factKey: string; object: Record<string, unknown> },
): Promise<void> {
  await tx
    .insert(events)
    .values({
      id: newId('evt'),
      livemode: env().stripe.livemode,
      type: event.type,
      factKey: event.factKey,
      data: { object: event.object },
    })
    .onConflictDoNothing({ target: events.factKey })
}
