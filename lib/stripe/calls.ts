import { setTimeout as sleep } from 'node:timers/promises'
import type Stripe from 'stripe'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { refusal, statusOf, type Verdict, verdictOf } from './answers'
import { stripe } from './client'
import { tryOnce } from './gate'

const tries = 5
/** No try begins after so many milliseconds: whoever waits is told to come back instead. */
const patience = 30_000

type Call<T> = (client: Stripe, options: Stripe.RequestOptions) => Promise<T>

/**
 * Reads from Stripe, and asks again while there is no usable answer: connection failures, time-outs, answers
 * cut short or not fit to read, 409, 429 and 5xx. Writes go through `writeStripe`, which also keeps their key.
 *
 * @param operation name for the log and the rate, `checkout.sessions.retrieve`
 * @param key idempotency key of a write that is safe to repeat by itself
 * @throws AppError `invalid_request` for a refusal by Stripe, `not_found`, `stripe_unavailable` when no answer
 * came or Stripe is known to be down
 */
export async function callStripe<T>(operation: string, call: Call<T>, key?: string): Promise<T> {
  const outcome = await askStripe(operation, call, key)
  if ('answer' in outcome) return outcome.answer
  throw outcome.verdict === 'refused' ? refusal(outcome.error) : unreachable(outcome.error)
}

export type Outcome<T> = { answer: T } | { verdict: Verdict; error: unknown }

/**
 * Asks until there is an answer, a refusal, or no use in asking on.
 * @param key the same on every try
 * @throws what is no answer of Stripe's, `AppError` `stripe_unavailable` while Stripe is known to be down
 */
export async function askStripe<T>(operation: string, call: Call<T>, key?: string): Promise<Outcome<T>> {
  const begun = Date.now()
  for (let attempt = 1; ; attempt++) {
    try {
      return { answer: await tryOnce(operation, () => call(stripe(), key ? { idempotencyKey: key } : {})) }
    } catch (error) {
      const verdict = verdictOf(error)
      if (verdict === null) throw error
      if (verdict === 'refused' || verdict === 'stored') return { verdict, error }
      log.warn({ operation, attempt, status: statusOf(error) }, 'no usable answer from Stripe')
      const wait = delay(verdict, attempt)
      if (attempt >= tries || Date.now() - begun + wait > patience) return { verdict, error }
      await sleep(wait)
    }
  }
}

/** 0.25 s, 0.5 s, 1 s, 2 s, twice that after a 429; each up to half longer, so that many do not ask in step. */
function delay(verdict: Verdict, attempt: number): number {
  const base = (verdict === 'busy' ? 500 : 250) * 2 ** (attempt - 1)
  return base + Math.random() * (base / 2)
}

export function unreachable(cause: unknown): AppError {
  return new AppError('stripe_unavailable', 'Stripe cannot be reached at the moment.', {
    cause,
    retryAfter: 2,
  })
}
