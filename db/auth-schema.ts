import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

/*
 * Who may sign in. better-auth reads and writes these tables and names the TypeScript properties; columns
 * and tables follow the rest of the database.
 */

const time = (name: string) => timestamp(name, { withTimezone: true })
const createdAt = () => time('created_at').notNull().defaultNow()
const updatedAt = () => time('updated_at').notNull().defaultNow()

export type Role = 'owner' | 'admin' | 'member'

export const users = pgTable(
  'users',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** Lower case: better-auth looks addresses up that way. */
    email: text('email').notNull(),
    emailVerified: boolean('email_verified').notNull().default(false),
    image: text('image'),
    role: text('role').$type<Role>().notNull().default('member'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex('users_email').on(t.email),
    /** Decides between two set-ups at once. */
    uniqueIndex('users_one_owner').on(t.role).where(sql`${t.role} = 'owner'`),
  ],
)

const userId = () =>
  text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' })

export const signInSessions = pgTable(
  'sign_in_sessions',
  {
    id: text('id').primaryKey(),
    userId: userId(),
    /** Worth nothing by itself: the cookie also carries its signature. */
    token: text('token').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    expiresAt: time('expires_at').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex('sign_in_sessions_token').on(t.token), index('sign_in_sessions_user').on(t.userId)],
)

/** A way to prove who one is; `credential` is the password. The other columns belong to OAuth. */
export const credentials = pgTable(
  'credentials',
  {
    id: text('id').primaryKey(),
    userId: userId(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    /** scrypt, with its salt. */
    password: text('password'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: time('access_token_expires_at'),
    refreshTokenExpiresAt: time('refresh_token_expires_at'),
    scope: text('scope'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex('credentials_account').on(t.providerId, t.accountId),
    index('credentials_user').on(t.userId),
  ],
)

export const verifications = pgTable(
  'verifications',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: time('expires_at').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index('verifications_identifier').on(t.identifier)],
)

/** better-auth's own counters: sign-in attempts by address. */
export const signInLimits = pgTable(
  'sign_in_limits',
  {
    id: text('id').primaryKey(),
    key: text('key').notNull(),
    count: integer('count').notNull(),
    /** Unix milliseconds. */
    lastRequest: bigint('last_request', { mode: 'number' }).notNull(),
  },
  (t) => [uniqueIndex('sign_in_limits_key').on(t.key)],
)

/** The one-time token with which the first owner is made; one row at most, none once it was used. */
export const setupTokens = pgTable('setup_tokens', {
  id: text('id').primaryKey().default('setup'),
  tokenHash: text('token_hash').notNull(),
  createdAt: createdAt(),
})
