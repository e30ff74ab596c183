import { z } from 'zod'
import { findSession } from '../payments/session'
import type { World } from '../world'

const record = z.record(z.string(), z.unknown())

export const tamperBody = z.strictObject({
  session: record.default({}),
  payment_intent: record.default({}),
  /** Replaces the line items with these changes of them, in their order; fewer leave the rest out. */
  line_items: z.array(record).optional(),
})

/** Makes a session say what it would not: what an application must not take at its word. */
export function tamperSession(world: World, id: string, body: z.output<typeof tamperBody>): object {
  findSession(world, id)
  const state = world.store.need('session_state', id)
  if (body.line_items) {
    const line_items = body.line_items.map((change, index) => ({
      ...(state.line_items[index] ?? state.line_items[0]),
      ...change,
    }))
    world.store.patch('session_state', id, { line_items: line_items as typeof state.line_items })
  }
  if (state.payment_intent) world.store.patch('payment_intent', state.payment_intent, body.payment_intent)
  return world.store.patch('session', id, body.session)
}
