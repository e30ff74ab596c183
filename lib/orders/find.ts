import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { orderInvoices } from '@/db/money-schema'
import { orders } from '@/db/schema'

/** The order a payment was made for: in its checkout, or as a renewal of its subscription. */
export async function findOrderByPayment(paymentIntentId: string): Promise<string | null> {
  const [order] = await db()
    .select({ id: orders.id })
    .from(orders)
    .where(eq(orders.paymentIntentId, paymentIntentId))
  if (order) return order.id
  const [invoice] = await db()
    .select({ id: orderInvoices.orderId })
    .from(orderInvoices)
    .where(eq(orderInvoices.paymentIntentId, paymentIntentId))
  return invoice?.id ?? null
}

export async function findOrderBySubscription(subscriptionId: string): Promise<string | null> {
  const [order] = await db()
    .select({ id: orders.id })
    .from(orders)
    .where(eq(orders.subscriptionId, subscriptionId))
  return order?.id ?? null
}
