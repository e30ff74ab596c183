import { asc, desc, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'

type Listed = PgTable & { id: PgColumn }
type Reading = { where: SQL | undefined; orderBy: [SQL, SQL] }
type Cursors = { after?: string | undefined; before?: string | undefined }

/**
 * Where and in which order to read a page of `table`, newest first, ties by id.
 * An unknown cursor matches nothing, so that a stale address shows an empty page rather than the first.
 * @param time when a row came about; its `createdAt` unless the table calls it otherwise
 */
export function keyset(table: Listed & { createdAt: PgColumn }, request: Cursors): Reading
export function keyset(table: Listed, request: Cursors, time: PgColumn): Reading
export function keyset(
  table: Listed & { createdAt?: PgColumn },
  request: Cursors,
  time = table.createdAt as PgColumn,
): Reading {
  const place = sql`(${time}, ${table.id})`
  const cursor = (id: string) => sql`(select ${time}, ${table.id} from ${table} where ${table.id} = ${id})`
  let where: SQL | undefined
  if (request.before !== undefined) where = sql`${place} > ${cursor(request.before)}`
  else if (request.after !== undefined) where = sql`${place} < ${cursor(request.after)}`
  const way = request.before !== undefined ? asc : desc
  return { where, orderBy: [way(time), way(table.id)] }
}
