import { newId } from '../ids'
import type { Delivery, Knob, Records } from '../state/records'
import type { World } from '../world'

/** Takes the next delivery from a knob that applies to the event's type; a used-up knob goes. */
function takeKnob(world: World, type: string): Knob | undefined {
  const knob = world.store
    .list('knob')
    .reverse()
    .find((candidate) => !candidate.types || candidate.types.includes(type))
  if (!knob || knob.remaining === null) return knob
  const remaining = knob.remaining - 1
  if (remaining > 0) world.store.patch('knob', knob.id, { remaining })
  else world.store.remove('knob', knob.id)
  return knob
}

function deliveryOf(world: World, event: string, endpoint: string, knob: Knob | undefined): Delivery {
  const action = knob?.action
  const holds = action === 'reorder' || action === 'burst'
  return {
    id: newId('whd_'),
    event,
    endpoint,
    state: action === 'drop' ? 'dropped' : holds ? 'held' : 'pending',
    attempts: [],
    next_at: world.clock.now() + (action === 'delay' ? (knob?.seconds ?? 0) * 1000 : 0),
    copy: 0,
    wrong_signatures: action === 'wrong_secret' ? (knob?.copies ?? 1) : 0,
    wrong_mode: action === 'wrong_mode',
    knob: knob?.id ?? null,
  }
}

/** Puts a delivery into the queue for the given time of the sandbox's clock. */
export function queueDelivery(world: World, delivery: Delivery, next_at: number): void {
  world.store.put('delivery', { ...delivery, state: 'pending', next_at })
  world.store.put('queued_delivery', { id: delivery.id, next_at })
}

function plan(world: World, delivery: Delivery): void {
  if (delivery.state === 'pending') queueDelivery(world, delivery, delivery.next_at)
  else world.store.put('delivery', delivery)
}

/** A small generator of the mulberry32 family: the same seed gives the same run. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Lets held deliveries go: at once together, or one after the other in a shuffled order. */
export function releaseHeld(world: World, held: Delivery[], knob: Pick<Knob, 'action' | 'seed'>): void {
  const order = [...held]
  if (knob.action === 'reorder') {
    order.reverse()
    const random = randomFrom(knob.seed)
    for (let last = order.length - 1; last > 1; last -= 1) {
      const other = 1 + Math.floor(random() * last)
      ;[order[last], order[other]] = [order[other] as Delivery, order[last] as Delivery]
    }
  }
  const gap = knob.action === 'reorder' ? 50 : 0
  order.forEach((delivery, index) => {
    queueDelivery(world, delivery, world.clock.now() + index * gap)
  })
}

/** Makes the deliveries of a new event; returns how many endpoints it goes to. */
export function planDeliveries(world: World, event: Records['event']): number {
  const endpoints = world.store.list('webhook_endpoint').filter((endpoint) => {
    const wants = endpoint.enabled_events.some((type) => type === '*' || type === event.type)
    return endpoint.status === 'enabled' && wants
  })
  for (const endpoint of endpoints) {
    const knob = takeKnob(world, event.type)
    const first = deliveryOf(world, event.id, endpoint.id, knob)
    plan(world, first)
    const copies = knob?.action === 'duplicate' || knob?.action === 'burst' ? knob.copies : 1
    for (let copy = 1; copy < copies; copy += 1) {
      plan(world, { ...first, id: newId('whd_'), copy })
    }
    if (knob && first.state === 'held') {
      const held = world.store
        .list('delivery')
        .filter((each) => each.state === 'held' && each.knob === knob.id)
      const isLast = world.store.get('knob', knob.id) === undefined
      const events = new Set(held.map((delivery) => delivery.event))
      if (isLast || events.size >= knob.window) releaseHeld(world, held.reverse(), knob)
    }
  }
  return endpoints.length
}
