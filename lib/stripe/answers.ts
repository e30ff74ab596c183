import { AppError } from '@/lib/errors'
import { StripeError } from './client'

/** No usable answer in time: what was asked may have happened all the same. */
export class NoAnswer extends Error {}

/**
 * What a failed call says of its effect.
 * - `unknown`: it may or may not have happened; the same question may be asked again
 * - `busy`: turned away before anything happened (429)
 * - `stored`: a failure kept under the key and given out again; it says nothing of the effect and never will
 * - `refused`: it did not happen and will not
 */
export type Verdict = 'unknown' | 'busy' | 'stored' | 'refused'

/** Null for what is not an answer of Stripe's but a defect of ours. */
export function verdictOf(error: unknown): Verdict | null {
  if (error instanceof NoAnswer) return 'unknown'
  if (!(error instanceof StripeError)) return null
  const status = error.statusCode
  if (status === 429 || error.code === 'rate_limit') return 'busy'
  if (status === undefined || status < 400 || status === 409) return 'unknown'
  if (status < 500) return 'refused'
  return error.headers?.['idempotent-replayed'] === 'true' ? 'stored' : 'unknown'
}

/** Whether a failure speaks of Stripe's health, and not of what was asked. */
export function isOutage(error: unknown): boolean {
  const verdict = verdictOf(error)
  if (verdict !== 'unknown') return false
  return !(error instanceof StripeError && error.statusCode === 409)
}

export function statusOf(error: unknown): number | undefined {
  return error instanceof StripeError ? error.statusCode : undefined
}

/** Stripe's refusal in our words. A key that is not allowed something is the operator's to mend. */
export function refusal(error: unknown): unknown {
  if (!(error instanceof StripeError)) return error
  const options = { cause: error, ...(error.param && { param: error.param }) }
  if (error.statusCode === 404) return new AppError('not_found', error.message, options)
  if (error.statusCode === 401 || error.statusCode === 403) {
    return new AppError('internal', 'Stripe refused the API key.', options)
  }
  if (error.rawType === 'idempotency_error') {
    return new AppError('internal', 'A key was used for two different calls to Stripe.', options)
  }
  return new AppError('invalid_request', error.message, options)
}
