import { setTimeout as sleep } from 'node:timers/promises'
import type Stripe from 'stripe'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { StripeError, stripe } from './client'

const attempts = 5

type Call<T> = (client: Stripe, options: Stripe.RequestOptions) => Promise<T>

/**
 * Calls Stripe and asks again while the outcome is unknown: connection failures, time-outs, answers cut short,
 * 409, 429 and 5xx. A write is safe to repeat because every try carries the same key and the same parameters;
 * both must be stored before the first try.
 *
 * @param operation name for the log, `checkout.sessions.create`
 * @param key idempotency key of a write; reads have none
 * @throws AppError `invalid_request` for a refusal by Stripe, `not_found`, `stripe_unavailable` when no answer came
 */
export async function callStripe<T>(operation: string, call: Call<T>, key?: string): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call(stripe(), key ? { idempotencyKey: key } : {})
    } catch (error) {
      if (!isUnknown(error)) throw refusal(error)
      log.warn({ operation, attempt, status: statusOf(error) }, 'no usable answer from Stripe')
      if (attempt >= attempts) {
        throw new AppError('stripe_unavailable', 'Stripe cannot be reached at the moment.', { cause: error })
      }
      await sleep(delay(attempt))
    }
  }
}

/** 0.25 s, 0.5 s, 1 s, 2 s, each up to half longer, so that many waiting buyers do not ask in step. */
function delay(attempt: number): number {
  const base = 250 * 2 ** (attempt - 1)
  return base + Math.random() * (base / 2)
}

function statusOf(error: unknown): number | undefined {
  return error instanceof StripeError ? error.statusCode : undefined
}

/** Whether the effect may or may not have happened. A determinate refusal never is. */
function isUnknown(error: unknown): boolean {
  if (!(error instanceof StripeError)) return false
  const status = error.statusCode
  return status === undefined || status < 400 || status === 409 || status === 429 || status >= 500
}

function refusal(error: unknown): unknown {
  if (!(error instanceof StripeError)) return error
  const options = { cause: error, ...(error.param && { param: error.param }) }
  if (error.statusCode === 404) return new AppError('not_found', error.message, options)
  if (error.statusCode === 401 || error.statusCode === 403) {
    return new AppError('internal', 'Stripe refused the API key.', options)
  }
  return new AppError('invalid_request', error.message, options)
}
