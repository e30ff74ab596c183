import type Stripe from 'stripe'
import { expand } from './http/expand'
import { newId } from './ids'
import { planDeliveries } from './webhooks/plan'
import { apiVersion, type World } from './world'

/**
 * Records an event with the object as it is now, and its deliveries. `previous` holds the old values of what an
 * `*.updated` event changed.
 */
export function emit(world: World, type: Stripe.Event.Type, object: object, previous?: object): void {
  const event = {
    id: newId('evt_'),
    object: 'event' as const,
    api_version: apiVersion,
    created: world.clock.seconds(),
    data: { object: expand(world, object), ...(previous ? { previous_attributes: previous } : {}) },
    livemode: false,
    pending_webhooks: 0,
    request: world.request ?? { id: null, idempotency_key: null },
    type,
  }
  world.store.put('event', event)
  const count = planDeliveries(world, event)
  if (count > 0) world.store.patch('event', event.id, { pending_webhooks: count })
}

/** The old values of the properties that differ, for `previous_attributes`. */
export function changedFrom<T extends object>(before: T, after: T): Partial<T> {
  const changed: Partial<T> = {}
  for (const key of Object.keys(after) as (keyof T)[]) {
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key]))
      changed[key] = before[key] ?? (null as never)
  }
  return changed
}
