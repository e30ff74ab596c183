import { AppError } from '@/lib/errors'
import { callStripe } from '@/lib/stripe/calls'
import { type Settled, settleCheckout } from './settle'

/**
 * Ends an open session at Stripe, so that it cannot be paid any more, and settles what it has become: one that
 * was paid a moment earlier is an order, not a failure.
 * @throws AppError `stripe_unavailable`: then it may still be open
 */
export async function endSession(stripeSessionId: string): Promise<Settled> {
  try {
    await callStripe('checkout.sessions.expire', (stripe, options) =>
      stripe.checkout.sessions.expire(stripeSessionId, {}, options),
    )
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'invalid_request')) throw error
  }
  return settleCheckout(stripeSessionId, 'sweep')
}
