import { sql } from 'drizzle-orm'
import { bigint, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { orders } from './schema'

/** Minor units. */
const amount = (name: string) => bigint(name, { mode: 'number' })
const time = (name: string) => timestamp(name, { withTimezone: true })
const createdAt = () => time('created_at').notNull().defaultNow()
const updatedAt = () => time('updated_at').notNull().defaultNow()
const orderId = () =>
  text('order_id')
    .notNull()
    .references(() => orders.id)

/** Stripe's refunds of an order, whoever made them. */
export const refunds = pgTable(
  'refunds',
  {
    id: text('id').primaryKey(),
    orderId: orderId(),
    paymentIntentId: text('payment_intent_id').notNull(),
    amount: amount('amount').notNull(),
    /** As Stripe calls it; what has failed or was cancelled gave nothing back. */
    status: text('status').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index('refunds_order').on(t.orderId)],
)

/** Stripe's disputes of an order. */
export const disputes = pgTable(
  'disputes',
  {
    id: text('id').primaryKey(),
    orderId: orderId(),
    paymentIntentId: text('payment_intent_id').notNull(),
    amount: amount('amount').notNull(),
    /** As Stripe calls it, so that one that is not known yet can be shown. */
    status: text('status').notNull(),
    reason: text('reason').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index('disputes_order').on(t.orderId)],
)

/** Invoices of an order's subscription: the first belongs to the checkout, the others are renewals. */
export const orderInvoices = pgTable(
  'order_invoices',
  {
    id: text('id').primaryKey(),
    orderId: orderId(),
    status: text('status').notNull(),
    /** Why it was made; `subscription_create` is the one paid in the checkout. */
    billingReason: text('billing_reason'),
    amountPaid: amount('amount_paid').notNull(),
    amountDue: amount('amount_due').notNull(),
    /** Tries to collect it. */
    attempts: integer('attempts').notNull().default(0),
    paymentIntentId: text('payment_intent_id'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index('order_invoices_order').on(t.orderId), index('order_invoices_payment').on(t.paymentIntentId)],
)

/**
 * A refund somebody asked for: the row and its key are committed before Stripe is called. What was asked of the
 * same state of an order is one wish, however often the button was pressed and by how many people.
 */
export const refundRequests = pgTable(
  'refund_requests',
  {
    id: text('id').primaryKey(),
    orderId: orderId(),
    /** The state of the order's money that the person saw. */
    moneyVersion: integer('money_version').notNull(),
    paymentIntentId: text('payment_intent_id').notNull(),
    amount: amount('amount').notNull(),
    state: text('state').$type<'open' | 'done' | 'refused'>().notNull().default('open'),
    refundId: text('refund_id'),
    reason: text('reason'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex('refund_requests_wish').on(t.orderId, t.moneyVersion).where(sql`${t.state} <> 'refused'`),
  ],
)
