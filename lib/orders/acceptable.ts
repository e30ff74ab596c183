import { eq } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { placeHolds, placeRefunds } from '@/db/limits-schema'
import type { Order } from './orders'

/** Why a person may not let this order go on, in words for them, or null where they may. */
export async function whyNotAccepted(tx: Writer, order: Order): Promise<string | null> {
  if (order.status !== 'review') return 'This order is not held for review.'
  if (order.amountRefunded > 0 && order.amountRefunded >= order.amountTotal) {
    return 'This order was refunded: there is nothing to carry out.'
  }
  if (order.amountDisputed > 0) return 'The payment of this order is disputed.'
  const session = order.checkoutSessionId
  const [hold] = await tx.select().from(placeHolds).where(eq(placeHolds.checkoutSessionId, session))
  const [back] = await tx.select().from(placeRefunds).where(eq(placeRefunds.checkoutSessionId, session))
  return hold?.state === 'refused' || back ? 'There was no place left for this order.' : null
}
