import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

const time = (name: string) => timestamp(name, { withTimezone: true })

/**
 * What we ask Stripe to do. Key and parameters are committed before the first byte is sent, so that a crash
 * at any later point can only repeat the same question; `n` grows only after an answer that settles it.
 */
export const stripeCalls = pgTable(
  'stripe_calls',
  {
    /** Our id of what it is for: with `operation` it names one intention. */
    subject: text('subject').notNull(),
    operation: text('operation').notNull(),
    n: integer('n').notNull(),
    livemode: boolean('livemode').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    /** JSON as text, not jsonb, which would reorder it and refuses an escaped NUL. */
    params: text('params').notNull(),
    paramsHash: text('params_hash').notNull(),
    /** `failed`: Stripe keeps a failure under the key, and only a look at Stripe tells the effect. */
    state: text('state')
      .$type<'prepared' | 'sent' | 'done' | 'refused' | 'failed' | 'abandoned'>()
      .notNull()
      .default('prepared'),
    attempts: integer('attempts').notNull().default(0),
    resultId: text('result_id'),
    error: text('error'),
    firstSentAt: time('first_sent_at'),
    createdAt: time('created_at').notNull().defaultNow(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.subject, t.operation, t.n] }),
    uniqueIndex('stripe_calls_key').on(t.idempotencyKey),
    index('stripe_calls_open').on(t.updatedAt).where(sql`${t.state} in ('prepared', 'sent', 'failed')`),
  ],
)

/** How far a search that spans rounds and restarts has come. */
export const sweepCursors = pgTable('sweep_cursors', {
  name: text('name').primaryKey(),
  position: jsonb('position').$type<Record<string, string | number | null>>().notNull(),
  updatedAt: time('updated_at').notNull().defaultNow(),
})

/** What is counted for the operator and never read by the product: `sweeper_repairs` and its like. */
export const counters = pgTable('counters', {
  name: text('name').primaryKey(),
  value: bigint('value', { mode: 'number' }).notNull().default(0),
})

/** When what runs beside the requests was last heard of. */
export const heartbeats = pgTable('heartbeats', {
  name: text('name').primaryKey(),
  at: time('at').notNull().defaultNow(),
})
