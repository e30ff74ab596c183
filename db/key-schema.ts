import {
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
const createdAt = () => time('created_at').notNull().defaultNow()

/** Keys of this application's own API. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    livemode: boolean('livemode').notNull(),
    name: text('name').notNull(),
    /** SHA-256 of the key: a copy of the database opens nothing. */
    hash: text('hash').notNull(),
    /** Its last four characters, to tell keys apart. */
    hint: text('hint').notNull(),
    scopes: jsonb('scopes').$type<string[]>().notNull(),
    lastUsedAt: time('last_used_at'),
    revokedAt: time('revoked_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('api_keys_hash').on(t.hash),
    index('api_keys_created').on(t.livemode, t.createdAt, t.id),
  ],
)

/** What was answered under an `Idempotency-Key`, kept for a day. */
export const apiRequests = pgTable(
  'api_requests',
  {
    keyId: text('key_id')
      .notNull()
      .references(() => apiKeys.id, { onDelete: 'cascade' }),
    idempotencyKey: text('idempotency_key').notNull(),
    /** SHA-256 of method, path and body. */
    fingerprint: text('fingerprint').notNull(),
    /** Null while the request is being worked on. */
    status: integer('status'),
    body: text('body'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.keyId, t.idempotencyKey] }),
    index('api_requests_created').on(t.createdAt),
  ],
)
