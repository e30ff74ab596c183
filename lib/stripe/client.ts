import Stripe from 'stripe'
import { env } from '@/lib/env'
import { once } from '@/lib/once'

/** One copy of the SDK for all copies of this module: an error of another copy is no instance of this one's class. */
const Sdk = once('stripe-sdk', () => Stripe)

function connect(): Stripe {
  const { secretKey, apiBase, timeoutSeconds } = env().stripe
  const other = apiBase ? new URL(apiBase) : null
  return new Sdk(secretKey, {
    // The SDK's own, 80 s, is longer than any buyer waits.
    timeout: timeoutSeconds * 1000,
    // Retries are ours (calls.ts): the SDK's give up on a 429 and on a body cut off after the effect.
    maxNetworkRetries: 0,
    telemetry: false,
    appInfo: { name: 'Buylink' },
    ...(other && {
      protocol: other.protocol === 'http:' ? ('http' as const) : ('https' as const),
      // An address has brackets around IPv6, a connection has none.
      host: other.hostname.replace(/^\[|\]$/g, ''),
      port: other.port || (other.protocol === 'http:' ? 80 : 443),
    }),
  })
}

/** Stripe, or the sandbox standing in for it; the only place that loads the SDK. */
export const stripe = () => once('stripe', connect)

export const { StripeError } = Sdk.errors

/** The version of Stripe's API that objects are shaped like. */
export const stripeApiVersion: string = Sdk.API_VERSION
