import postgres from 'postgres'
import type { Row, Storage } from './storage'

const lockKey = 7_212_111

async function takeLock(lock: postgres.ReservedSql): Promise<void> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const [row] = await lock`select pg_try_advisory_lock(${lockKey}) as taken`
    if (row?.taken === true) return
    if (Date.now() > deadline) throw new Error('Another sandbox is running on this database.')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/**
 * Keeps records in schema `stripe_sandbox` of the given database, which is made when missing. One process at a
 * time: throws when another one holds the schema for ten seconds.
 */
export async function postgresStorage(databaseUrl: string): Promise<Storage> {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} })
  const lock = await sql.reserve()
  try {
    await takeLock(lock)
    await lock`create schema if not exists stripe_sandbox`
    await lock`create table if not exists stripe_sandbox.records (
      kind text not null,
      id text not null,
      seq bigint not null,
      data jsonb not null,
      primary key (kind, id)
    )`
  } catch (error) {
    lock.release()
    await sql.end({ timeout: 1 })
    throw error
  }
  return {
    async load() {
      const rows = await sql<{ kind: string; id: string; seq: string; data: string }[]>`
        select kind, id, seq, data::text as data from stripe_sandbox.records order by seq`
      return rows.map((row) => ({ ...row, seq: Number(row.seq) }))
    },
    async save(rows: Row[]) {
      const kept = rows.filter((row) => row.data !== null)
      const gone = rows.filter((row) => row.data === null)
      await sql.begin(async (transaction) => {
        if (gone.length > 0) {
          await transaction`
            delete from stripe_sandbox.records using unnest(
              ${gone.map((row) => row.kind)}::text[], ${gone.map((row) => row.id)}::text[]
            ) as gone(kind, id) where records.kind = gone.kind and records.id = gone.id`
        }
        if (kept.length > 0) {
          await transaction`
            insert into stripe_sandbox.records (kind, id, seq, data)
            select kind, id, seq, data::jsonb from unnest(
              ${kept.map((row) => row.kind)}::text[], ${kept.map((row) => row.id)}::text[],
              ${kept.map((row) => row.seq)}::bigint[], ${kept.map((row) => row.data)}::text[]
            ) as kept(kind, id, seq, data)
            on conflict (kind, id) do update set data = excluded.data`
        }
      })
    },
    async close() {
      lock.release()
      await sql.end({ timeout: 5 })
    },
  }
}
