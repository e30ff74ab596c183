import { and, eq, gt, gte, inArray, lt, lte, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { keyset } from '@/db/keyset'
import { events } from '@/db/schema'
import { webhookDeliveries as deliveries } from '@/db/webhook-schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { type Page, type PageRequest, toPage } from '@/lib/page'

export type SentEvent = {
  id: string
  type: string
  livemode: boolean
  data: Record<string, unknown>
  createdAt: Date
  /** Seconds since 1970. */
  created: number
  /** Endpoints it goes to; those that have it; those it is still on its way to. */
  endpoints: number
  delivered: number
  pending: number
}

export type EventFilter = {
  types?: string[] | undefined
  /** False: events that an endpoint has not confirmed. */
  delivery_success?: boolean | undefined
  created?: { gt?: Date; gte?: Date; lt?: Date; lte?: Date } | undefined
}

/** Written out: in a list of columns drizzle leaves table names away, and both tables have an `id`. */
const count = (condition: SQL) => sql<number>`(
  select count(*)::int from webhook_deliveries d where d.event_id = events.id and ${condition})`

const columns = {
  id: events.id,
  type: events.type,
  livemode: events.livemode,
  data: events.data,
  createdAt: events.createdAt,
  endpoints: count(sql`true`),
  delivered: count(sql`d.status = 'delivered'`),
  pending: count(sql`d.status = 'pending'`),
}

const withSeconds = (row: Omit<SentEvent, 'created'>): SentEvent => ({
  ...row,
  created: Math.floor(row.createdAt.getTime() / 1000),
})

/** Events of this mode, newest first. */
export async function listEvents(request: PageRequest, filter: EventFilter = {}): Promise<Page<SentEvent>> {
  const { where, orderBy } = keyset(events, request)
  const unconfirmed = sql`exists (
    select 1 from ${deliveries} where ${deliveries.eventId} = ${events.id} and ${deliveries.status} <> 'delivered')`
  const { gt: after, gte: from, lt: before, lte: to } = filter.created ?? {}
  const rows = await db()
    .select(columns)
    .from(events)
    .where(
      and(
        eq(events.livemode, env().stripe.livemode),
        filter.types && inArray(events.type, filter.types),
        filter.delivery_success === undefined
          ? undefined
          : filter.delivery_success
            ? sql`not ${unconfirmed}`
            : unconfirmed,
        after && gt(events.createdAt, after),
        from && gte(events.createdAt, from),
        before && lt(events.createdAt, before),
        to && lte(events.createdAt, to),
        where,
      ),
    )
    .orderBy(...orderBy)
    .limit(request.limit + 1)
  return toPage(rows.map(withSeconds), request)
}

/** @throws AppError `not_found` */
export async function findEvent(id: string): Promise<SentEvent> {
  const [row] = await db()
    .select(columns)
    .from(events)
    .where(and(eq(events.id, id), eq(events.livemode, env().stripe.livemode)))
  if (!row) throw new AppError('not_found', `No such event: '${id}'`, { param: 'id' })
  return withSeconds(row)
}
