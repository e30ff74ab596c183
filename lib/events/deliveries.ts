import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { keyset } from '@/db/keyset'
import { events } from '@/db/schema'
import { webhookDeliveries as deliveries, webhookEndpoints as endpoints } from '@/db/webhook-schema'
import { env } from '@/lib/env'
import { type Page, type PageRequest, toPage } from '@/lib/page'

export type DeliverySummary = typeof deliveries.$inferSelect & { eventType: string; url: string }

const columns = { delivery: deliveries, eventType: events.type, url: endpoints.url }
type Row = { delivery: typeof deliveries.$inferSelect; eventType: string; url: string }
const summary = ({ delivery, eventType, url }: Row): DeliverySummary => ({ ...delivery, eventType, url })

/** The log of an endpoint, newest first. */
export async function listDeliveries(
  endpointId: string,
  request: PageRequest,
): Promise<Page<DeliverySummary>> {
  const { where, orderBy } = keyset(deliveries, request)
  const rows = await db()
    .select(columns)
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .innerJoin(endpoints, eq(endpoints.id, deliveries.endpointId))
    .where(and(eq(deliveries.endpointId, endpointId), eq(events.livemode, env().stripe.livemode), where))
    .orderBy(...orderBy)
    .limit(request.limit + 1)
  return toPage(rows.map(summary), request)
}

/** Where one event went. */
export async function deliveriesOf(eventId: string): Promise<DeliverySummary[]> {
  const rows = await db()
    .select(columns)
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .innerJoin(endpoints, eq(endpoints.id, deliveries.endpointId))
    .where(and(eq(deliveries.eventId, eventId), eq(events.livemode, env().stripe.livemode)))
    .orderBy(deliveries.createdAt)
  return rows.map(summary)
}

/** How many deliveries of each endpoint are in each state, for those in the list. */
export async function deliveryCounts(): Promise<Map<string, { pending: number; failed: number }>> {
  const rows = await db()
    .select({
      endpointId: deliveries.endpointId,
      pending: sql<number>`count(*) filter (where ${deliveries.status} = 'pending')::int`,
      failed: sql<number>`count(*) filter (where ${deliveries.status} in ('failed', 'skipped'))::int`,
    })
    .from(deliveries)
    .where(sql`${deliveries.status} <> 'delivered'`)
    .groupBy(deliveries.endpointId)
  return new Map(rows.map(({ endpointId, ...counts }) => [endpointId, counts]))
}
