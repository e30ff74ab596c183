import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { events } from './schema'

const time = (name: string) => timestamp(name, { withTimezone: true })
const createdAt = () => time('created_at').notNull().defaultNow()

/** Where the merchant's systems listen. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: text('id').primaryKey(),
    livemode: boolean('livemode').notNull(),
    url: text('url').notNull(),
    description: text('description'),
    /** Types of events, or `*` alone. */
    enabledEvents: jsonb('enabled_events').$type<string[]>().notNull(),
    metadata: jsonb('metadata').$type<Record<string, string>>().notNull().default({}),
    status: text('status').$type<'enabled' | 'disabled'>().notNull().default('enabled'),
    /** Who switched it off: a person, its own 410, or five days of nothing but failures. */
    disabledBy: text('disabled_by').$type<'merchant' | 'gone' | 'failures'>(),
    disabledAt: time('disabled_at'),
    /** Signs; kept as it is, because a hash cannot sign. */
    secret: text('secret').notNull(),
    /** Signs as well until then, while receivers change over. */
    previousSecret: text('previous_secret'),
    previousSecretUntil: time('previous_secret_until'),
    /** The first failure since the last success. */
    failingSince: time('failing_since'),
    createdAt: createdAt(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (t) => [index('webhook_endpoints_created').on(t.livemode, t.createdAt, t.id)],
)

/** One event for one endpoint: what is still to be sent, and afterwards the log of it. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: text('id').primaryKey(),
    eventId: text('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    endpointId: text('endpoint_id')
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    /** `failed`: the schedule is used up; `skipped`: the endpoint was switched off before its turn. */
    status: text('status').$type<'pending' | 'delivered' | 'failed' | 'skipped'>().notNull(),
    /** Tries altogether. Also tells a worker that lost its lease that another has taken over. */
    attempts: integer('attempts').notNull().default(0),
    /** Tries since the event was first, or last again, put on the schedule. */
    step: integer('step').notNull().default(0),
    nextAttemptAt: time('next_attempt_at').notNull().defaultNow(),
    /** A worker has it in hand until then. */
    leasedUntil: time('leased_until'),
    lastAttemptAt: time('last_attempt_at'),
    lastStatusCode: integer('last_status_code'),
    lastError: text('last_error'),
    lastMs: integer('last_ms'),
    /** Start of the last answer's body, at most 2 KB. */
    responseExcerpt: text('response_excerpt'),
    deliveredAt: time('delivered_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('webhook_deliveries_once').on(t.eventId, t.endpointId),
    index('webhook_deliveries_due').on(t.endpointId, t.nextAttemptAt).where(sql`${t.status} = 'pending'`),
    index('webhook_deliveries_log').on(t.endpointId, t.createdAt, t.id),
    index('webhook_deliveries_created').on(t.createdAt),
  ],
)
