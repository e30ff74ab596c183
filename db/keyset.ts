import { asc, desc, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'

type Listed = PgTable & { id: PgColumn; createdAt: PgColumn }

/**
 * Where and in which order to read a page of `table`, newest first, ties by id.
 * An unknown cursor matches nothing, so that a stale address shows an empty page rather than the first.
 */
export function keyset(table: Listed, request: { after?: string | undefined; before?: string | undefined }) {
  const place = sql`(${table.createdAt}, ${table.id})`
  const cursor = (id: string) =>
    sql`(select ${table.createdAt}, ${table.id} from ${table} where ${table.id} = ${id})`
  let where: SQL | undefined
  if (request.before !== undefined) where = sql`${place} > ${cursor(request.before)}`
  else if (request.after !== undefined) where = sql`${place} < ${cursor(request.after)}`
  const way = request.before !== undefined ? asc : desc
  return { where, orderBy: [way(table.createdAt), way(table.id)] }
}
