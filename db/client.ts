import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { env } from '@/lib/env'
import { once } from '@/lib/once'
import * as authSchema from './auth-schema'
import * as keySchema from './key-schema'
import * as limitsSchema from './limits-schema'
import * as moneySchema from './money-schema'
import * as offersSchema from './offers-schema'
import * as savedSchema from './saved-schema'
import * as schema from './schema'
import * as stripeSchema from './stripe-schema'
import * as webhookSchema from './webhook-schema'

function connect() {
  const client = postgres(env().databaseUrl, {
    max: env().databasePoolSize,
    onnotice: () => {},
    // The driver's own grows to 20 s, and whoever asks meanwhile waits as long for a failure.
    backoff: (attempts) => Math.min(0.05 * 2 ** attempts, 1) * (0.5 + Math.random() / 2),
    connection: { application_name: 'buylink' },
  })
  return drizzle(client, {
    schema: {
      ...schema,
      ...authSchema,
      ...limitsSchema,
      ...moneySchema,
      ...offersSchema,
      ...stripeSchema,
      ...webhookSchema,
      ...keySchema,
      ...savedSchema,
    },
  })
}

/** The database of this process; one pool, however often this module is loaded. */
export const db = () => once('db', connect)

export type Database = ReturnType<typeof connect>
/** Either the database or an open transaction: what every domain write takes. */
export type Writer = Database | Parameters<Parameters<Database['transaction']>[0]>[0]
