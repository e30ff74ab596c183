/** The closed set of things that can go wrong on purpose, each with its HTTP status. */
const statuses = {
  invalid_request: 400,
  unauthenticated: 401,
  payment_failed: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  rate_limited: 429,
  internal: 500,
  stripe_unavailable: 503,
} as const

export type ErrorCode = keyof typeof statuses

/**
 * An expected failure. `message` is written for the person who can act on it; `param` names the field
 * in Stripe's notation (`line_items[0][price]`). Anything else that is thrown is a defect.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly param: string | null
  /** Seconds to wait, with `rate_limited` and `stripe_unavailable`. */
  readonly retryAfter: number | null

  constructor(
    code: ErrorCode,
    message: string,
    options: { param?: string; cause?: unknown; retryAfter?: number } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.param = options.param ?? null
    this.retryAfter = options.retryAfter ?? null
  }

  get status(): number {
    return statuses[this.code]
  }
}
