import { sql } from 'drizzle-orm'
import { bigint, boolean, index, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import type { PaymentMethodSummary } from './types'

const time = (name: string) => timestamp(name, { withTimezone: true })

/** Payments the merchant asked for with a saved method, while its owner was away. */
export const savedCharges = pgTable(
  'saved_charges',
  {
    id: text('id').primaryKey(),
    livemode: boolean('livemode').notNull(),
    /** The caller's name for this one wish: asked for twice, charged once. */
    idempotencyKey: text('idempotency_key').notNull(),
    customerId: text('customer_id').notNull(),
    paymentMethodId: text('payment_method_id').notNull(),
    /** Minor units. */
    amount: bigint('amount', { mode: 'number' }).notNull(),
    currency: text('currency').notNull(),
    description: text('description'),
    /** As Stripe calls the payment intent's, and `new` until there is one. */
    status: text('status').notNull().default('new'),
    /** Stripe's code and words of the last refusal. */
    failureCode: text('failure_code'),
    failureMessage: text('failure_message'),
    paymentMethod: jsonb('payment_method').$type<PaymentMethodSummary>(),
    paymentIntentId: text('payment_intent_id'),
    clientSecret: text('client_secret'),
    /** SHA-256 of the token in the address at which the buyer finishes it. */
    tokenHash: text('token_hash'),
    tokenExpiresAt: time('token_expires_at'),
    /** When the sweeper last asked Stripe about it. */
    checkedAt: time('checked_at'),
    createdAt: time('created_at').notNull().defaultNow(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('saved_charges_wish').on(t.livemode, t.idempotencyKey),
    uniqueIndex('saved_charges_token').on(t.tokenHash),
    index('saved_charges_open').on(t.checkedAt).where(sql`${t.status} in ('processing', 'requires_action')`),
  ],
)
