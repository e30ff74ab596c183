import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { once } from '@/lib/once'
import { isOutage, NoAnswer, verdictOf } from './answers'
import { Breaker, slowAfter } from './breaker'
import { Bucket } from './bucket'

/** Below Stripe's 25 a second for one endpoint (Stripe, Rate limits), with room for others on the account. */
const perEndpoint = 15
/** Stripe allows no account so much: such a rate is meant for a stand-in, which has no limits. */
const unlimited = 200
/** Longer than this nobody waits for a turn: a buyer is told to come back. */
const longestWait = 8000

type Gate = { breaker: Breaker; all: Bucket; endpoints: Map<string, Bucket>; lastAnswer: number | null }

const gate = () =>
  once('stripe-gate', (): Gate => {
    const { perSecond } = env().stripe
    return {
      breaker: new Breaker(),
      all: new Bucket(perSecond),
      endpoints: new Map(),
      lastAnswer: null,
    }
  })

function endpoint(operation: string): Bucket {
  const { endpoints } = gate()
  const { perSecond } = env().stripe
  let bucket = endpoints.get(operation)
  if (!bucket) {
    bucket = new Bucket(perSecond >= unlimited ? perSecond : Math.min(perSecond, perEndpoint))
    endpoints.set(operation, bucket)
  }
  return bucket
}

/** One try at Stripe: in its turn, not while Stripe is down, and not longer than the time-out. */
export async function tryOnce<T>(operation: string, ask: () => Promise<T>): Promise<T> {
  await turn(operation)
  const { breaker } = gate()
  const entry = breaker.enter(Date.now())
  if ('wait' in entry) throw unavailable(entry.wait)
  let counted = false
  const fail = () => {
    if (counted) return
    counted = true
    const wasOpen = breaker.isOpen
    breaker.failed(Date.now(), entry.probe)
    if (!wasOpen && breaker.isOpen) log.error({ operation }, 'Stripe does not answer: calls are held back')
  }
  const slow = setTimeout(fail, slowAfter)
  try {
    const answer = await within(env().stripe.timeoutSeconds * 1000, ask())
    answered()
    return answer
  } catch (error) {
    if (isOutage(error)) fail()
    else answered()
    if (verdictOf(error) === 'busy') slowDown(operation)
    throw error
  } finally {
    clearTimeout(slow)
  }
}

/** Buyers waiting for their turn would hold what others need: whoever is too far back hears it at once. */
async function turn(operation: string): Promise<void> {
  const now = Date.now()
  const { all } = gate()
  const own = endpoint(operation)
  const expected = Math.max(all.wait(now), own.wait(now))
  if (expected > longestWait) throw unavailable(expected, 'Too many calls to Stripe are waiting.')
  const wait = Math.max(all.take(now), own.take(now))
  if (wait > 0) await sleep(wait)
}

function answered(): void {
  const { breaker } = gate()
  if (breaker.isOpen) log.info({}, 'Stripe answers again')
  breaker.answered()
  gate().lastAnswer = Date.now()
}

function slowDown(operation: string): void {
  gate().all.slowDown(Date.now())
  endpoint(operation).slowDown(Date.now())
}

function unavailable(wait: number, message = 'Stripe cannot be reached at the moment.'): AppError {
  return new AppError('stripe_unavailable', message, { retryAfter: Math.max(1, Math.ceil(wait / 1000)) })
}

/** The SDK's own limit is on silence, so an answer that trickles would never end. */
async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer('Stripe took too long to answer.')), milliseconds)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

/** How Stripe has been answering this process. */
export function stripeHealth(): { reachable: boolean; last_answer_seconds: number | null } {
  const { breaker, lastAnswer } = gate()
  return {
    reachable: !breaker.isOpen,
    last_answer_seconds: lastAnswer === null ? null : Math.round((Date.now() - lastAnswer) / 1000),
  }
}
