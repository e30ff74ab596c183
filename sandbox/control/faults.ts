import type { Fault } from '../state/records'
import { randomFrom } from '../webhooks/plan'
import type { World } from '../world'

export const faultKinds = [
  'refused',
  '429',
  '409',
  '500',
  '503',
  'html',
  'hang',
  'reset',
  'cut',
  'slow',
  'malformed',
] as const

const draws = new WeakMap<World, Map<string, () => number>>()

function drawOf(world: World, fault: Fault): number {
  const known = draws.get(world) ?? new Map<string, () => number>()
  draws.set(world, known)
  let draw = known.get(fault.id)
  if (!draw) {
    draw = randomFrom(fault.seed)
    // After a restart the sequence goes on where it was.
    for (let index = 0; index < fault.seen; index += 1) draw()
    known.set(fault.id, draw)
  }
  return draw()
}

/** The fault that strikes this call, counted. The first registered that strikes wins. */
export function strike(world: World, operation: string): Fault | null {
  let struck: Fault | null = null
  for (const fault of world.store.list('fault').reverse()) {
    const matches = fault.operation === '*' || fault.operation === operation
    if (!matches || (fault.times !== null && fault.hits >= fault.times)) continue
    const seen = fault.seen + 1
    const strikes: boolean =
      struck === null &&
      (fault.nth === null ? drawOf(world, fault) < (fault.probability ?? 1) : seen >= fault.nth)
    const counted: Fault = { ...fault, seen, hits: fault.hits + (strikes ? 1 : 0) }
    world.store.put('fault', counted)
    if (strikes) struck = counted
  }
  return struck
}
