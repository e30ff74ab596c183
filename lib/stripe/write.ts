import type Stripe from 'stripe'
import { db } from '@/db/client'
import { count } from '@/lib/counters'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { NoAnswer, refusal } from './answers'
import {
  type CallRow,
  closeCall,
  earliestEffect,
  type Intention,
  latestCall,
  markSent,
  prepareCall,
} from './call-rows'
import { askStripe, unreachable } from './calls'

/** Stripe forgets keys after 24 hours; from here on a call is looked up instead of repeated. */
export const keyLifeSeconds = 23 * 3600
/** Keys used up in one go; a Stripe that stores failure after failure is asked later. */
const maximumKeys = 3

export type StripeWrite<Params extends object, T extends { id: string }> = Intention & {
  /** Frozen with the first call, and later ones send what was frozen; left out where `prepareCall` has done it. */
  params?: Params
  send: (client: Stripe, params: Params, options: Stripe.RequestOptions) => Promise<T>
  /** Looks for what an earlier call may have made. @param since Unix seconds it cannot be older than */
  find: (since: number) => Promise<T | undefined>
  /** Whether an answer has what is needed of it; one that has not is asked for again. */
  isWhole?: (answer: T) => boolean
}

/**
 * Has Stripe make something at most once per intention (`subject` and `operation`), however often it is asked
 * for, by however many processes, across crashes. An outcome that is not known is asked for again with the
 * same key and the same bytes. A new key comes only after an answer that settles the old one: a refusal, or a
 * stored failure or an expired key of which a look at Stripe has shown that nothing came.
 *
 * @throws AppError `stripe_unavailable` when the outcome is not known yet: ask again; `invalid_request` and
 * `not_found` for a refusal; `conflict` when the call was given up meanwhile
 */
export async function writeStripe<Params extends object, T extends { id: string }>(
  write: StripeWrite<Params, T>,
): Promise<T> {
  let call = await takeCall(write)
  for (let keys = 0; keys < maximumKeys; keys++) {
    if (needsLook(call)) {
      const found = await look(write, call)
      if (found) return found
      call = await nextCall(write, call)
    }
    const made = await send(write, call)
    if (made) return made
    call = { ...call, state: 'failed' }
  }
  throw unreachable(new Error(`${write.operation} of ${write.subject} fails again and again`))
}

async function takeCall<P extends object, T extends { id: string }>(
  write: StripeWrite<P, T>,
): Promise<CallRow> {
  const before = await latestCall(write)
  if (before?.state === 'abandoned') {
    throw new AppError('conflict', 'This has been given up after Stripe did not answer for long.')
  }
  if (before && before.state !== 'refused') return before
  if (!write.params) throw new Error(`the call ${write.operation} of ${write.subject} was never prepared`)
  await prepareCall(db(), write, write.params, (before?.n ?? 0) + 1)
  const call = await latestCall(write)
  if (!call) throw new Error(`the call ${write.operation} of ${write.subject} was not kept`)
  return call
}

/** The same parameters under a new key. */
async function nextCall(write: Intention, { params, n }: CallRow): Promise<CallRow> {
  await prepareCall(db(), write, JSON.parse(params) as object, n + 1)
  const call = await latestCall(write)
  if (!call) throw new Error(`the call ${write.operation} of ${write.subject} was not kept`)
  return call
}

/** Whether the key has nothing more to say. */
function needsLook({ state, firstSentAt }: CallRow): boolean {
  const isOld = firstSentAt !== null && firstSentAt.getTime() < Date.now() - keyLifeSeconds * 1000
  return state === 'failed' || (isOld && state !== 'prepared')
}

async function look<P extends object, T extends { id: string }>(
  write: StripeWrite<P, T>,
  call: CallRow,
): Promise<T | undefined> {
  const found = await write.find(earliestEffect(call))
  if (found) {
    if (call.state !== 'done') await count('stripe_adoptions')
    await closeCall(call, { state: 'done', resultId: found.id })
    return found
  }
  if (call.state === 'done') {
    throw new AppError('conflict', `What ${write.operation} made for ${write.subject} is gone.`)
  }
  if (call.state === 'sent')
    await closeCall(call, { state: 'failed', error: 'never answered, and nothing came of it' })
  return undefined
}

/** @returns undefined for a failure stored under the key */
async function send<P extends object, T extends { id: string }>(
  write: StripeWrite<P, T>,
  call: CallRow,
): Promise<T | undefined> {
  if (!(await markSent(call))) {
    throw new AppError('stripe_unavailable', 'The call is being settled elsewhere.', { retryAfter: 1 })
  }
  const params = JSON.parse(call.params) as P
  const ask = async (client: Stripe, options: Stripe.RequestOptions) => {
    const answer = await write.send(client, params, options)
    const whole = typeof answer.id === 'string' && (write.isWhole?.(answer) ?? true)
    if (!whole) throw new NoAnswer(`Stripe's answer to ${write.operation} is not complete.`)
    return answer
  }
  const outcome = await askStripe(write.operation, ask, call.idempotencyKey)
  if ('answer' in outcome) {
    await closeCall(call, { state: 'done', resultId: outcome.answer.id })
    return outcome.answer
  }
  const { verdict, error } = outcome
  const reason = error instanceof Error ? error.message : String(error)
  if (verdict === 'stored') {
    log.warn({ operation: write.operation, reason }, 'Stripe keeps a failure; looking for what came of it')
    await closeCall(call, { state: 'failed', error: reason })
    return undefined
  }
  if (verdict !== 'refused') throw unreachable(error)
  const refused = refusal(error)
  // A key that is not allowed something (401, 403) is turned away before the idempotency layer: nothing is settled.
  const isSettled = refused instanceof AppError && refused.code !== 'internal'
  if (isSettled) await closeCall(call, { state: 'refused', error: reason })
  throw refused
}
