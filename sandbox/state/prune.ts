import type { World } from '../world'

const day = 86_400_000

/** Forgets what Stripe would not show either: events and calls after 30 days, stored answers after one. */
export function prune(world: World): void {
  const { store } = world
  const now = world.clock.now()
  for (const answer of store.list('answer')) if (answer.at < now - day) store.remove('answer', answer.id)
  for (const call of store.list('call')) if (call.at < now - 30 * day) store.remove('call', call.id)
  const old = store.list('event').filter((event) => event.created * 1000 < now - 30 * day)
  const gone = new Set(old.map((event) => event.id))
  for (const delivery of gone.size > 0 ? store.list('delivery') : []) {
    if (!gone.has(delivery.event)) continue
    store.remove('queued_delivery', delivery.id)
    store.remove('delivery', delivery.id)
  }
  for (const id of gone) store.remove('event', id)
}
