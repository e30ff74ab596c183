import type { StripeCheckoutAmount, StripeCheckoutSession } from '@stripe/stripe-js'
import { IntegrationError } from '../api-client'

/**
 * Stripe.js refuses to confirm unless the page has read `total.total.amount`, or the minor amount with its
 * currency and divisor (Stripe.js reference, "Confirm the Checkout Session"). Reads are noticed by getters.
 */
export type TotalGuard = {
  watch: (session: StripeCheckoutSession) => StripeCheckoutSession
  check: () => void
}

function onRead<T extends object, K extends keyof T>(target: T, key: K, note: () => void): void {
  const value = target[key]
  Object.defineProperty(target, key, {
    enumerable: true,
    configurable: true,
    get: () => {
      note()
      return value
    },
  })
}

export function totalGuard(): TotalGuard {
  const read = new Set<string>()
  return {
    watch: (session) => {
      const total: StripeCheckoutAmount = { ...session.total.total }
      onRead(total, 'amount', () => read.add('amount'))
      onRead(total, 'minorUnitsAmount', () => read.add('minor'))
      const watched = { ...session, total: { ...session.total, total } }
      onRead(watched, 'currency', () => read.add('currency'))
      onRead(watched, 'minorUnitsAmountDivisor', () => read.add('divisor'))
      return watched
    },
    check: () => {
      const pieces = read.has('minor') && read.has('currency') && read.has('divisor')
      if (read.has('amount') || pieces) return
      throw new IntegrationError(
        'Your page must display the total: read `total.total.amount` (or `total.total.minorUnitsAmount`, `currency` and `minorUnitsAmountDivisor`) of the session before calling `confirm`.',
      )
    },
  }
}
