/** What may stand in Stripe's error object beside type and message. */
export type ErrorDetails = {
  code?: string
  param?: string
  decline_code?: string
  charge?: string
  payment_intent?: object
  setup_intent?: object
  payment_method?: object
  advice_code?: string
}

export type ErrorType = 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error'

/** An answer in Stripe's error shape. `keepsEffects` commits what the operation did (a decline leaves a trace). */
export class StripeError extends Error {
  constructor(
    readonly status: number,
    readonly type: ErrorType,
    message: string,
    readonly details: ErrorDetails = {},
    readonly keepsEffects = false,
  ) {
    super(message)
  }
}

export function invalidRequest(message: string, details: ErrorDetails = {}): StripeError {
  return new StripeError(400, 'invalid_request_error', message, details)
}

/** Stripe's answer for an id it does not know, for instance `No such price: 'price_1'`. */
export function noSuch(what: string, id: string, param = 'id', status = 404): StripeError {
  const details = { code: 'resource_missing', param }
  return new StripeError(status, 'invalid_request_error', `No such ${what}: '${id}'`, details)
}

export function cardError(message: string, details: ErrorDetails): StripeError {
  return new StripeError(402, 'card_error', message, details, true)
}

/** The JSON body of an error, with the addresses Stripe adds to it. */
export function errorBody(error: StripeError, requestId: string, origin: string): object {
  const { code } = error.details
  return {
    error: {
      ...error.details,
      ...(code ? { doc_url: `https://docs.stripe.com/error-codes#${code.replaceAll('_', '-')}` } : {}),
      message: error.message,
      request_log_url: `${origin}/?request=${requestId}`,
      type: error.type,
    },
  }
}
