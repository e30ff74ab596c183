import { z } from 'zod'
import { rollSecret } from '../api/webhook-endpoints'
import { StripeError } from '../http/errors'
import { type Incoming, json, matchPath, type Outgoing } from '../http/request'
import { newId } from '../ids'
import { moveDispute } from '../payments/disputes'
import { failRefund } from '../payments/refunds'
import { cancelSubscription, renewSubscription } from '../payments/renewal'
import { expireSession, findSession } from '../payments/session'
import { setWallets } from '../payments/wallets'
import type { Runtime } from '../runtime'
import { releaseHeld } from '../webhooks/plan'
import type { World } from '../world'
import { disputeIntent, refundIntent, resendEvent, settleIntent } from './actions'
import { faultKinds } from './faults'
import { ledger } from './ledger'
import { payBody, paySession } from './pay'
import { tamperBody, tamperSession } from './tamper'

const faultBody = z
  .strictObject({
    operation: z.string(),
    kind: z.enum(faultKinds),
    position: z.enum(['before', 'after']).default('before'),
    nth: z.number().int().min(1).optional(),
    probability: z.number().min(0).max(1).optional(),
    seed: z.number().int().default(1),
    times: z.number().int().min(1).nullable().optional(),
    seconds: z.number().min(0).max(600).default(2),
    should_retry: z.boolean().nullable().default(null),
    omit: z.array(z.string()).default([]),
  })
  .refine((fault) => fault.position === 'before' || !['429', '409', 'refused'].includes(fault.kind), {
    message: '429, 409 and refused happen before the effect',
    path: ['position'],
  })

const knobBody = z.strictObject({
  action: z.enum(['duplicate', 'delay', 'reorder', 'drop', 'burst', 'wrong_secret', 'wrong_mode']),
  types: z.array(z.string()).min(1).optional(),
  type: z.string().optional(),
  next: z.number().int().min(1).optional(),
  copies: z.number().int().min(1).max(50).optional(),
  seconds: z.number().min(0).default(5),
  window: z.number().int().min(1).default(5),
  seed: z.number().int().default(1),
})

const clockBody = z.strictObject({ advance: z.number().min(0) })
const timingBody = z.strictObject({
  succeed_after: z.number().min(0).optional(),
  delayed_after: z.number().min(0).optional(),
})
const walletsBody = z.strictObject({ enabled: z.boolean() })
const rollBody = z.strictObject({
  expires_in: z.number().min(0).default(86_400),
  secret: z.string().optional(),
})
const outcomeBody = z.strictObject({ outcome: z.enum(['succeed', 'fail', 'dispute']) })
const statusBody = z.strictObject({ status: z.string().min(1) })
const renewBody = z.strictObject({ outcome: z.enum(['paid', 'failed']).default('paid') })
const refundBody = z.strictObject({ amount: z.number().int().min(1).optional() })

type Handler = (world: World, body: unknown, id: string, runtime: Runtime) => unknown
type Route = { method: string; path: string; run: Handler }

function addFault(world: World, body: unknown) {
  const { nth, probability, times, ...rest } = faultBody.parse(body)
  const fault = {
    ...rest,
    id: newId('fault_'),
    nth: nth ?? (probability === undefined ? 1 : null),
    probability: probability ?? null,
    times: times === undefined ? (probability === undefined ? 1 : null) : times,
    seen: 0,
    hits: 0,
  }
  return world.store.put('fault', fault)
}

function addKnob(world: World, body: unknown) {
  const { type, types, next, copies, ...rest } = knobBody.parse(body)
  return world.store.put('knob', {
    ...rest,
    id: newId('knob_'),
    types: types ?? (type === undefined ? null : [type]),
    remaining: next ?? null,
    copies: copies ?? (rest.action === 'duplicate' ? 2 : 1),
  })
}

function removeAll(world: World, kind: 'fault' | 'knob') {
  const all = world.store.list(kind)
  for (const each of all) world.store.remove(kind, each.id)
  return { removed: all.length }
}

function release(world: World) {
  const held = world.store
    .list('delivery')
    .filter((delivery) => delivery.state === 'held')
    .reverse()
  releaseHeld(world, held, { action: 'burst', seed: 1 })
  return { released: held.length }
}

const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/_sandbox/clock',
    run(world, body) {
      world.clock.advance(clockBody.parse(body).advance)
      return { now: world.clock.seconds() }
    },
  },
  { method: 'GET', path: '/_sandbox/clock', run: (world) => ({ now: world.clock.seconds() }) },
  {
    method: 'POST',
    path: '/_sandbox/debits',
    run: (world, body) =>
      world.store.put('setting', { id: 'debit_timing', value: timingBody.parse(body) }).value,
  },
  {
    method: 'POST',
    path: '/_sandbox/wallets',
    run: (world, body) => setWallets(world, walletsBody.parse(body).enabled),
  },
  { method: 'POST', path: '/_sandbox/faults', run: addFault },
  { method: 'GET', path: '/_sandbox/faults', run: (world) => ({ data: world.store.list('fault') }) },
  { method: 'DELETE', path: '/_sandbox/faults', run: (world) => removeAll(world, 'fault') },
  { method: 'POST', path: '/_sandbox/webhooks', run: addKnob },
  { method: 'GET', path: '/_sandbox/webhooks', run: (world) => ({ data: world.store.list('knob') }) },
  {
    method: 'DELETE',
    path: '/_sandbox/webhooks',
    run: (world) => ({ ...removeAll(world, 'knob'), ...release(world) }),
  },
  { method: 'POST', path: '/_sandbox/webhooks/release', run: (world) => release(world) },
  {
    method: 'POST',
    path: '/_sandbox/webhook_endpoints/:id/roll',
    run(world, body, id) {
      const { expires_in, secret } = rollBody.parse(body)
      return { id, secret: rollSecret(world, id, expires_in, secret) }
    },
  },
  {
    method: 'POST',
    path: '/_sandbox/checkout_sessions/:id/pay',
    run: (world, body, id) => paySession(world, id, payBody.parse(body)),
  },
  {
    method: 'POST',
    path: '/_sandbox/checkout_sessions/:id/expire',
    run: (world, _, id) => expireSession(world, findSession(world, id).id),
  },
  {
    method: 'POST',
    path: '/_sandbox/payment_intents/:id/settle',
    run: (world, body, id) => settleIntent(world, id, outcomeBody.parse(body).outcome),
  },
  {
    method: 'POST',
    path: '/_sandbox/payment_intents/:id/refund',
    run: (world, body, id) => refundIntent(world, id, refundBody.parse(body).amount),
  },
  {
    method: 'POST',
    path: '/_sandbox/payment_intents/:id/dispute',
    run: (world, _, id) => disputeIntent(world, id),
  },
  {
    method: 'POST',
    path: '/_sandbox/disputes/:id',
    run: (world, body, id) => moveDispute(world, id, statusBody.parse(body).status),
  },
  { method: 'POST', path: '/_sandbox/refunds/:id/fail', run: (world, _, id) => failRefund(world, id) },
  {
    method: 'POST',
    path: '/_sandbox/subscriptions/:id/renew',
    run: (world, body, id) => renewSubscription(world, id, renewBody.parse(body).outcome),
  },
  {
    method: 'POST',
    path: '/_sandbox/subscriptions/:id/cancel',
    run: (world, _, id) => cancelSubscription(world, id),
  },
  {
    method: 'POST',
    path: '/_sandbox/checkout_sessions/:id/tamper',
    run: (world, body, id) => tamperSession(world, id, tamperBody.parse(body)),
  },
  { method: 'POST', path: '/_sandbox/events/:id/resend', run: (world, _, id) => resendEvent(world, id) },
]

function refusal(error: unknown): Outgoing {
  if (error instanceof z.ZodError) {
    const issue = error.issues[0]
    return json(400, { error: { message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` } })
  }
  if (error instanceof StripeError) {
    const { type, message, details } = error
    return json(error.status, { error: { type, message, ...details } })
  }
  throw error
}

/** The control endpoints, `/_sandbox/…`: JSON in and out. */
export async function handleControl(
  runtime: Runtime,
  incoming: Incoming,
  registerEndpoints: () => void,
): Promise<Outgoing> {
  const { world } = runtime
  const { method, path, query } = incoming
  if (method === 'GET' && path === '/_sandbox/ledger') {
    const kinds = query.get('kinds')?.split(',')
    return json(200, ledger(world, kinds))
  }
  if (method === 'POST' && path === '/_sandbox/reset') {
    world.store.clear()
    world.store.transact(registerEndpoints)
    await runtime.settle()
    return json(200, { reset: true })
  }
  for (const route of routes) {
    const values = route.method === method ? matchPath(route.path, path) : null
    if (!values) continue
    try {
      const body: unknown = incoming.body === '' ? {} : JSON.parse(incoming.body)
      runtime.catchUp()
      const result = world.store.transact(
        () => route.run(world, body, values.id ?? '', runtime),
        (error) => error instanceof StripeError && error.keepsEffects,
      )
      runtime.catchUp()
      await runtime.settle()
      return json(200, result)
    } catch (error) {
      await runtime.settle()
      if (error instanceof SyntaxError) return json(400, { error: { message: 'The body has to be JSON.' } })
      return refusal(error)
    }
  }
  return json(404, { error: { message: `No control endpoint ${method} ${path}` } })
}
