import { and, eq } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { disputes, orderInvoices, refunds } from '@/db/money-schema'
import { amountWithheld } from './disputes'
import { amountRefunded, type CheckoutMoney } from './net'
import type { Order } from './orders'

type Paid = Pick<Order, 'id' | 'paymentIntentId'>

/** The payment made in the checkout: the order's own, or that of its subscription's first invoice. */
export async function checkoutPayment(tx: Writer, { id, paymentIntentId }: Paid): Promise<string | null> {
  if (paymentIntentId) return paymentIntentId
  const [invoice] = await tx
    .select({ payment: orderInvoices.paymentIntentId })
    .from(orderInvoices)
    .where(and(eq(orderInvoices.orderId, id), eq(orderInvoices.billingReason, 'subscription_create')))
  return invoice?.payment ?? null
}

/** What was given back and is held back of that payment. What became of renewals is not in it. */
export async function checkoutMoney(tx: Writer, order: Paid): Promise<CheckoutMoney> {
  const payment = await checkoutPayment(tx, order)
  if (!payment) return { refunded: 0, disputed: 0 }
  const given = await tx
    .select()
    .from(refunds)
    .where(and(eq(refunds.orderId, order.id), eq(refunds.paymentIntentId, payment)))
  const held = await tx
    .select()
    .from(disputes)
    .where(and(eq(disputes.orderId, order.id), eq(disputes.paymentIntentId, payment)))
  return { refunded: amountRefunded(given), disputed: amountWithheld(held) }
}
