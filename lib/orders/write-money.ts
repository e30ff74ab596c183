import { sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { disputes, orderInvoices, refunds } from '@/db/money-schema'
import { invoicePayment, type MoneyReading } from './read-money'

export type RefundRow = typeof refunds.$inferSelect
export type DisputeRow = typeof disputes.$inferSelect
export type InvoiceRow = typeof orderInvoices.$inferSelect

const seconds = (time: number) => new Date(time * 1000)

/** @returns the refunds that are new or have another status than before */
export async function writeRefunds(tx: Writer, orderId: string, reading: MoneyReading): Promise<RefundRow[]> {
  const values = reading.payments.flatMap(({ paymentIntent, refunds }) =>
    refunds.map(({ id, amount, status, created }) => ({
      id,
      orderId,
      paymentIntentId: paymentIntent,
      amount,
      status: status ?? 'pending',
      createdAt: seconds(created),
    })),
  )
  if (values.length === 0) return []
  return tx
    .insert(refunds)
    .values(values)
    .onConflictDoUpdate({
      target: refunds.id,
      set: { amount: sql`excluded.amount`, status: sql`excluded.status`, updatedAt: sql`now()` },
      setWhere: sql`(${refunds.amount}, ${refunds.status}) is distinct from (excluded.amount, excluded.status)`,
    })
    .returning()
}

/** @returns the disputes that are new or have another status or amount than before */
export async function writeDisputes(
  tx: Writer,
  orderId: string,
  reading: MoneyReading,
): Promise<DisputeRow[]> {
  const values = reading.payments.flatMap(({ paymentIntent, disputes }) =>
    disputes.map(({ id, amount, status, reason, created }) => ({
      id,
      orderId,
      paymentIntentId: paymentIntent,
      amount,
      status: status as string,
      reason,
      createdAt: seconds(created),
    })),
  )
  if (values.length === 0) return []
  return tx
    .insert(disputes)
    .values(values)
    .onConflictDoUpdate({
      target: disputes.id,
      set: { amount: sql`excluded.amount`, status: sql`excluded.status`, updatedAt: sql`now()` },
      setWhere: sql`(${disputes.amount}, ${disputes.status}) is distinct from (excluded.amount, excluded.status)`,
    })
    .returning()
}

/** Drafts are not yet asked of anybody. @returns the invoices that are new or have changed */
export async function writeInvoices(
  tx: Writer,
  orderId: string,
  reading: MoneyReading,
): Promise<InvoiceRow[]> {
  const asked = (reading.subscription?.invoices ?? []).filter(({ status }) => status !== 'draft')
  const values = asked.map((invoice) => ({
    id: invoice.id,
    orderId,
    status: (invoice.status ?? 'open') as string,
    billingReason: invoice.billing_reason as string | null,
    amountPaid: invoice.amount_paid,
    amountDue: invoice.amount_due,
    attempts: invoice.attempt_count,
    paymentIntentId: invoicePayment(invoice),
    createdAt: seconds(invoice.created),
  }))
  if (values.length === 0) return []
  const kept = sql`(${orderInvoices.status}, ${orderInvoices.amountPaid}, ${orderInvoices.attempts}, ${orderInvoices.paymentIntentId})`
  return tx
    .insert(orderInvoices)
    .values(values)
    .onConflictDoUpdate({
      target: orderInvoices.id,
      set: {
        status: sql`excluded.status`,
        amountPaid: sql`excluded.amount_paid`,
        amountDue: sql`excluded.amount_due`,
        attempts: sql`excluded.attempts`,
        paymentIntentId: sql`excluded.payment_intent_id`,
        updatedAt: sql`now()`,
      },
      setWhere: sql`${kept} is distinct from (excluded.status, excluded.amount_paid, excluded.attempts, excluded.payment_intent_id)`,
    })
    .returning()
}
