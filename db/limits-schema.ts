import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { checkoutSessions, orders, paymentLinks } from './schema'
import type { Places } from './types'

const time = (name: string) => timestamp(name, { withTimezone: true })
const createdAt = () => time('created_at').notNull().defaultNow()

/**
 * What is taken of each limited thing of a link: `sessions`, `price:…`, `email:…`, `cookie:…`. One row per
 * thing, so that taking a place is one conditional update. Always the sum over the link's holds.
 */
export const placeCounters = pgTable(
  'place_counters',
  {
    linkId: text('link_id')
      .notNull()
      .references(() => paymentLinks.id),
    scope: text('scope').notNull(),
    /** Held and sold together. */
    taken: integer('taken').notNull().default(0),
    sold: integer('sold').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.linkId, t.scope] }),
    check('place_counters_sound', sql`0 <= ${t.sold} and ${t.sold} <= ${t.taken}`),
  ],
)

/** The places of one checkout session; changed only under the lock of that session's row. */
export const placeHolds = pgTable(
  'place_holds',
  {
    checkoutSessionId: text('checkout_session_id')
      .primaryKey()
      .references(() => checkoutSessions.id),
    linkId: text('link_id').notNull(),
    /** `returned`: a delayed payment failed; only the session itself stays counted, as Stripe counts it. */
    state: text('state').$type<'held' | 'sold' | 'released' | 'returned' | 'refused'>().notNull(),
    /** Exactly what this session adds to the counters now. */
    places: jsonb('places').$type<Places>().notNull(),
    /** Null while a delayed payment is on its way. */
    expiresAt: time('expires_at'),
    createdAt: createdAt(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (t) => [
    index('place_holds_lapsing').on(t.expiresAt).where(sql`${t.state} = 'held'`),
    index('place_holds_link').on(t.linkId, t.state),
  ],
)

/** Money that came without a place and goes back: one row per session, so that it goes back once. */
export const placeRefunds = pgTable(
  'place_refunds',
  {
    checkoutSessionId: text('checkout_session_id')
      .primaryKey()
      .references(() => checkoutSessions.id),
    orderId: text('order_id')
      .notNull()
      .references(() => orders.id),
    paymentIntentId: text('payment_intent_id').notNull(),
    /** Minor units of `currency`. */
    amount: bigint('amount', { mode: 'number' }).notNull(),
    currency: text('currency').notNull(),
    state: text('state').$type<'pending' | 'done' | 'not_needed' | 'failed'>().notNull().default('pending'),
    refundId: text('refund_id'),
    reason: text('reason'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: time('next_attempt_at').notNull().defaultNow(),
    createdAt: createdAt(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (t) => [index('place_refunds_due').on(t.nextAttemptAt).where(sql`${t.state} = 'pending'`)],
)

/** The queue in which new checkout sessions of one address on one link are opened. */
export const sessionTurns = pgTable(
  'session_turns',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    linkId: text('link_id').notNull(),
    /** SHA-256 of the address, IPv6 as its /64. */
    addressHash: text('address_hash').notNull(),
    buyerHash: text('buyer_hash').notNull(),
    dueAt: time('due_at').notNull(),
    usedAt: time('used_at'),
    createdAt: createdAt(),
  },
  (t) => [index('session_turns_address').on(t.linkId, t.addressHash, t.dueAt)],
)

/** How tries to pay ended: what the brakes against card testing are decided by. */
export const paymentTries = pgTable(
  'payment_tries',
  {
    /** Stripe's event of a decline, our session of a payment: each is counted once. */
    id: text('id').primaryKey(),
    checkoutSessionId: text('checkout_session_id').notNull(),
    linkId: text('link_id').notNull(),
    addressHash: text('address_hash'),
    outcome: text('outcome').$type<'declined' | 'paid'>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('payment_tries_link').on(t.linkId, t.createdAt),
    index('payment_tries_session').on(t.checkoutSessionId),
  ],
)
