import type { Writer } from '@/db/client'
import { addFact, type Source } from '@/lib/orders/facts'
import type { Recorded } from '@/lib/orders/record'
import type { StripeSession } from './read'

/**
 * What the buyer pays, in minor units: the session's total, or what was captured of it where the merchant takes an
 * authorised payment by hand and took less. Stripe leaves the session's total as it was.
 */
export function amountTaken({ session, payment }: Pick<StripeSession, 'session' | 'payment'>): number {
  const total = session.amount_total ?? 0
  const isCaptured = payment?.capture_method === 'manual' && payment.status === 'succeeded'
  return isCaptured && payment.currency === session.currency
    ? Math.min(payment.amount_received, total)
    : total
}

/** A part that was captured is told in the order's story: its items add up to more. */
export async function noteCapture(
  tx: Writer,
  { order }: Recorded,
  found: Pick<StripeSession, 'session' | 'payment'>,
  source: Source,
): Promise<void> {
  const amount = amountTaken(found)
  if (amount < (found.session.amount_total ?? 0)) await addFact(tx, order.id, 'captured', source, { amount })
}
