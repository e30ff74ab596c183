import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { orders } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { followMoney } from '@/lib/orders/follow-money'
import { settleCheckout } from './settle'

/**
 * Asks Stripe again about everything an order rests on, as the dashboard's button does.
 * @throws AppError `not_found`, `stripe_unavailable`
 */
export async function recheckOrder(orderId: string): Promise<void> {
  const [order] = await db()
    .select({ session: orders.stripeSessionId })
    .from(orders)
    .where(and(eq(orders.id, orderId), eq(orders.livemode, env().stripe.livemode)))
  if (!order) throw new AppError('not_found', 'There is no such order.')
  await settleCheckout(order.session, 'recheck')
  await followMoney(orderId, 'recheck', 'all')
}
