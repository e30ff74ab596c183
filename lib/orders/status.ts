export type OrderStatus = 'pending' | 'paid' | 'failed' | 'review'

/** What Stripe says of a completed session now. */
export type PaymentFact = 'paid' | 'processing' | 'payment_failed' | 'mismatch'

/** What a person says of an order that is held: it may go on as it is. */
export type Verdict = 'accepted'

/**
 * The order's next status. Monotone: facts may repeat and arrive in any order, and money that was had is
 * never un-had by an older reading. Only a person takes an order out of `review`.
 *
 * | now \ fact | paid | processing | payment_failed | mismatch | accepted |
 * | --- | --- | --- | --- | --- | --- |
 * | none    | paid   | pending | failed | review | –       |
 * | pending | paid   | pending | failed | review | pending |
 * | failed  | paid   | failed  | failed | review | failed  |
 * | paid    | paid   | paid    | paid   | paid   | paid    |
 * | review  | review | review  | review | review | paid    |
 */
export function nextStatus(now: OrderStatus, fact: Verdict): OrderStatus
export function nextStatus(now: OrderStatus | null, fact: PaymentFact): OrderStatus
export function nextStatus(now: OrderStatus | null, fact: PaymentFact | Verdict): OrderStatus {
  if (fact === 'accepted') return now === 'review' ? 'paid' : (now ?? 'pending')
  if (now === 'paid' || now === 'review') return now
  if (fact === 'mismatch') return 'review'
  if (fact === 'paid') return 'paid'
  if (fact === 'payment_failed') return 'failed'
  return now === 'failed' ? 'failed' : 'pending'
}
