import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { migrate } from '@/db/migrate'
import { startPostgres } from '@/scripts/postgres/server'

/** A Postgres server for tests: every stack gets a database of its own in it. */
export type TestServer = { url: string; stop(): Promise<void> }

/** The server of this run (`TEST_DATABASE_URL`), or a temporary one that goes with its files when stopped. */
export async function testServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  const directory = mkdtempSync(join(tmpdir(), 'buylink-test-'))
  const server = await startPostgres({ directory, durable: false })
  return {
    url: server.url('postgres'),
    stop: async () => {
      await server.stop()
      rmSync(server.home, { recursive: true, force: true })
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The address of another database on the same server. */
function beside(url: string, database: string): string {
  const address = new URL(url)
  address.pathname = `/${database}`
  return address.href
}

async function withServer<T>(serverUrl: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(beside(serverUrl, 'postgres'), { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Makes a database with nothing in it. @returns its address. */
export async function emptyDatabase(serverUrl: string): Promise<string> {
  const name = `empty_${randomBytes(6).toString('hex')}`
  await withServer(serverUrl, (sql) => sql`create database ${sql(name)}`)
  return beside(serverUrl, name)
}

const template = 'buylink_template'
const templateLock = 81_120_433

/** Makes a database with the schema and no rows. @returns its address. */
export async function freshDatabase(serverUrl: string): Promise<string> {
  const name = `stack_${randomBytes(6).toString('hex')}`
  await withServer(serverUrl, async (sql) => {
    await sql`select pg_advisory_lock(${templateLock})`
    const found = await sql`select from pg_database where datname = ${template}`
    if (found.length === 0) await sql`create database ${sql(template)}`
    await migrate(beside(serverUrl, template))
    await sql`create database ${sql(name)} template ${sql(template)}`
  })
  return beside(serverUrl, name)
}
