export type OrderStatus = 'pending' | 'paid' | 'failed' | 'review'

/** What Stripe says of a completed session now. */
export type PaymentFact = 'paid' | 'processing' | 'payment_failed' | 'mismatch'

/**
 * The order's next status. Monotone: facts may repeat and arrive in any order, and money that was had is
 * never un-had by an older reading. Only a person takes an order out of `review`.
 *
 * | now \ fact | paid | processing | payment_failed | mismatch |
 * | --- | --- | --- | --- | --- |
 * | none    | paid   | pending | failed | review |
 * | pending | paid   | pending | failed | review |
 * | failed  | paid   | failed  | failed | review |
 * | paid    | paid   | paid    | paid   | paid   |
 * | review  | review | review  | review | review |
 */
export function nextStatus(now: OrderStatus | null, fact: PaymentFact): OrderStatus {
  if (now === 'paid' || now === 'review') return now
  if (fact === 'mismatch') return 'review'
  if (fact === 'paid') return 'paid'
  if (fact === 'payment_failed') return 'failed'
  return now === 'failed' ? 'failed' : 'pending'
}
