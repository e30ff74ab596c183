import type { IncomingHttpHeaders } from 'node:http'
import { StripeError } from './errors'

function unauthorized(message: string): StripeError {
  return new StripeError(401, 'invalid_request_error', message)
}

function keyOf(header: string | undefined): string | undefined {
  const [scheme, value = ''] = (header ?? '').split(/\s+/, 2)
  if (scheme?.toLowerCase() === 'bearer') return value
  if (scheme?.toLowerCase() !== 'basic') return undefined
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0]
}

/**
 * The secret key of a request, from Basic or Bearer. Any test key will do; live keys are refused, so that nobody
 * mistakes the sandbox for Stripe.
 */
export function authenticate(headers: IncomingHttpHeaders): string {
  const key = keyOf(headers.authorization)
  if (!key) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    )
  }
  if (/^(sk|rk)_test_\w/.test(key)) return key
  if (key.startsWith('pk_')) {
    throw unauthorized(
      'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
    )
  }
  const shown = `${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.slice(-4)}`
  throw unauthorized(`Invalid API Key provided: ${shown}`)
}

/** Refuses a publishable key that is not a test key. */
export function checkPublishableKey(key: unknown): void {
  if (key === undefined || key === null) return
  if (typeof key === 'string' && /^pk_test_\w/.test(key)) return
  throw unauthorized(`Invalid API Key provided: ${String(key).slice(0, 8)}****`)
}
