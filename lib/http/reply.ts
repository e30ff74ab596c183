import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { isSameOrigin } from './origin'

const stripeTypes: Partial<Record<AppError['code'], string>> = {
  rate_limited: 'rate_limit_error',
  internal: 'api_error',
  stripe_unavailable: 'api_error',
}

/** Any failure as Stripe's error object. What is not an `AppError` is a defect: logged, and told without detail. */
export function errorReply(error: unknown, path: string): Response {
  const known = error instanceof AppError ? error : null
  if (!known || known.status >= 500) log.error({ path, error }, 'a request failed')
  const { code, message, param, status, retryAfter } = known ?? {
    code: 'internal' as const,
    message: 'Something went wrong on our side.',
    param: null,
    status: 500,
    retryAfter: null,
  }
  const body = {
    error: { type: stripeTypes[code] ?? 'invalid_request_error', code, message, ...(param && { param }) },
  }
  const headers = { 'cache-control': 'no-store', ...(retryAfter && { 'retry-after': String(retryAfter) }) }
  return Response.json(body, { status, headers })
}

/**
 * Refuses a browser's request that does not come from our own pages.
 * @throws AppError `forbidden`
 */
export function requireSameOrigin(headers: Headers): void {
  if (!isSameOrigin(headers)) {
    throw new AppError('forbidden', 'This request has to come from the checkout page itself.')
  }
}
