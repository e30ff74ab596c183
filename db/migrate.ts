import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** Any number will do, as long as every Buylink process takes the same one. */
const migrationLock = 7_236_114_501

/**
 * Brings the database to the newest schema. Any number of processes may call it at once: one works, the
 * others wait for it and find nothing left to do.
 *
 * The lock lives in a transaction, not in a session, so that it also holds behind a connection pooler.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} })
  try {
    await sql.begin(async (lock) => {
      await lock`select pg_advisory_xact_lock(${migrationLock})`
      await applyMigrations(drizzle(sql), { migrationsFolder })
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}
