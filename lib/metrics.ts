import { and, eq, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { db } from '@/db/client'
import { paymentTries, placeHolds } from '@/db/limits-schema'
import { events, orders, paymentLinks, stripeEvents } from '@/db/schema'
import { webhookDeliveries } from '@/db/webhook-schema'
import { readCounters } from './counters'
import { env } from './env'
import { secondsSinceBeat } from './heartbeat'

type Metric = { name: string; type: 'gauge' | 'counter'; help: string; value: number }

/**
 * What an operator should be told of, in Prometheus' text format 0.0.4. Read from the database, so that every
 * process says the same.
 */
export async function metricsText(): Promise<string> {
  const metrics = (
    await Promise.all([inbox(), outbox(), review(), places(), declines(), worker(), counted()])
  ).flat()
  return metrics.map(written).join('')
}

const written = ({ name, type, help, value }: Metric) =>
  `# HELP buylink_${name} ${help}\n# TYPE buylink_${name} ${type}\nbuylink_${name} ${value}\n`

const gauge = (name: string, help: string, value: unknown): Metric => ({
  name,
  type: 'gauge',
  help,
  value: Number(value ?? 0),
})

/** Seconds since the oldest of some moments, 0 where there is none. */
const age = (column: PgColumn, which: ReturnType<typeof sql>) =>
  sql<string>`coalesce(extract(epoch from now() - min(${column}) filter (where ${which})), 0)`

async function inbox(): Promise<Metric[]> {
  const { state, receivedAt, livemode } = stripeEvents
  const [row] = await db()
    .select({
      pending: sql<string>`count(*) filter (where ${state} = 'pending')`,
      oldest: age(receivedAt, sql`${state} = 'pending'`),
      dead: sql<string>`count(*) filter (where ${state} = 'dead')`,
    })
    .from(stripeEvents)
    .where(and(eq(livemode, env().stripe.livemode), sql`${state} in ('pending', 'dead')`))
  return [
    gauge('inbox_pending', 'Events from Stripe that wait to be worked on.', row?.pending),
    gauge('inbox_oldest_seconds', 'Age of the oldest of them.', row?.oldest),
    gauge('inbox_dead', 'Events from Stripe that were given up on and wait for a person.', row?.dead),
  ]
}

async function outbox(): Promise<Metric[]> {
  const { status, eventId } = webhookDeliveries
  const [row] = await db()
    .select({
      pending: sql<string>`count(*) filter (where ${status} = 'pending')`,
      oldest: age(events.createdAt, sql`${status} = 'pending'`),
      failed: sql<string>`count(*) filter (where ${status} = 'failed')`,
    })
    .from(webhookDeliveries)
    .innerJoin(events, eq(events.id, eventId))
    .where(and(eq(events.livemode, env().stripe.livemode), sql`${status} in ('pending', 'failed')`))
  return [
    gauge('outbox_pending', 'Events that an endpoint of the merchant has not taken yet.', row?.pending),
    gauge('outbox_oldest_seconds', 'Age of the oldest of them.', row?.oldest),
    gauge('outbox_failed', 'Deliveries whose schedule is used up.', row?.failed),
  ]
}

async function places(): Promise<Metric[]> {
  const [row] = await db()
    .select({ count: sql<string>`count(*)` })
    .from(placeHolds)
    .innerJoin(paymentLinks, eq(paymentLinks.id, placeHolds.linkId))
    .where(and(eq(paymentLinks.livemode, env().stripe.livemode), eq(placeHolds.state, 'held')))
  return [gauge('places_held', 'Checkouts that hold places of a limited link now.', row?.count)]
}

async function declines(): Promise<Metric[]> {
  const [row] = await db()
    .select({
      declined: sql<string>`count(*) filter (where ${paymentTries.outcome} = 'declined')`,
      tries: sql<string>`count(*)`,
    })
    .from(paymentTries)
    .innerJoin(paymentLinks, eq(paymentLinks.id, paymentTries.linkId))
    .where(
      and(
        eq(paymentLinks.livemode, env().stripe.livemode),
        sql`${paymentTries.createdAt} > now() - interval '1 hour'`,
      ),
    )
  return [
    gauge('payment_tries_hour', 'Tries to pay that ended within the last hour.', row?.tries),
    gauge('payment_declines_hour', 'Those of them that were declined.', row?.declined),
  ]
}

async function worker(): Promise<Metric[]> {
  const seconds = await secondsSinceBeat()
  const help = 'Seconds since any worker was heard of.'
  return seconds === null ? [] : [gauge('worker_heartbeat_seconds', help, seconds)]
}

async function review(): Promise<Metric[]> {
  const [row] = await db()
    .select({ count: sql<string>`count(*)` })
    .from(orders)
    .where(and(eq(orders.livemode, env().stripe.livemode), eq(orders.status, 'review')))
  return [gauge('orders_review', 'Orders held because they are not what was offered.', row?.count)]
}

const helps = {
  sweeper_repairs: 'What the sweeper had to put right because no webhook had told of it.',
  stripe_adoptions: 'Objects found at Stripe whose creation had never been answered.',
  stripe_abandoned: 'Calls to Stripe that were given up because nobody needs their answer any more.',
}

async function counted(): Promise<Metric[]> {
  const values = await readCounters()
  return Object.entries(helps).map(([name, help]) => ({
    name: `${name}_total`,
    type: 'counter',
    help,
    value: values[name] ?? 0,
  }))
}
