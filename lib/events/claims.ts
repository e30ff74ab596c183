import { type SQL, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { events } from '@/db/schema'
import { webhookDeliveries as deliveries, webhookEndpoints as endpoints } from '@/db/webhook-schema'
import { env } from '@/lib/env'

/** A delivery in this process's hands, with all it takes to send it. */
export type Claim = {
  id: string
  attempts: number
  step: number
  endpoint: {
    id: string
    url: string
    secret: string
    previousSecret: string | null
    failing: boolean
  }
  event: {
    id: string
    type: string
    livemode: boolean
    data: Record<string, unknown>
    created: number
    pending: number
  }
}

/** Sent to one endpoint at the same time, by all processes together. */
const perEndpoint = 8

/**
 * Takes deliveries that are due. Each endpoint is locked while its share is counted and taken, so that any number
 * of processes keep its limit together; the lease ends by itself if this one dies.
 *
 * @param failing endpoints whose last answer was a failure, or the others: the slow must not starve the sound
 * @param leaseSeconds longer than a try can take
 */
export async function claimDue(slots: number, failing: boolean, leaseSeconds: number): Promise<Claim[]> {
  if (slots <= 0) return []
  return db().transaction(async (tx) => {
    const ids = await lockEndpoints(tx, failing)
    return ids.length === 0 ? [] : take(tx, ids, slots, leaseSeconds)
  })
}

const due = sql`${deliveries.status} = 'pending' and ${deliveries.nextAttemptAt} <= now()`
const inHand = sql`${deliveries.status} = 'pending' and ${deliveries.leasedUntil} > now()`
const ofEndpoint = sql`${deliveries.endpointId} = ${endpoints.id}`

/** A lock of its own, not the endpoint's row: outcomes being written down there must not hold up the next claim. */
async function lockEndpoints(tx: Writer, failing: boolean): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    with wanted as materialized (
      select ${endpoints.id} from ${endpoints}
      where ${endpoints.livemode} = ${env().stripe.livemode} and ${endpoints.status} = 'enabled'
        and ${endpoints.failingSince} is ${failing ? sql`not null` : sql`null`}
        and exists (select 1 from ${deliveries} where ${ofEndpoint} and ${due})
      order by random() limit 100
    )
    select id from wanted where pg_try_advisory_xact_lock(hashtextextended(id, 0))`)
  return rows.map(({ id }) => id)
}

type Row = {
  id: string
  attempts: number
  step: number
  endpoint_id: string
  url: string
  secret: string
  previous_secret: string | null
  failing: boolean
  event_id: string
  type: string
  livemode: boolean
  data: Record<string, unknown>
  created: number
  pending: number
}

async function take(tx: Writer, ids: string[], slots: number, leaseSeconds: number): Promise<Claim[]> {
  const end = sql`now() + make_interval(secs => ${leaseSeconds})`
  const rows = await tx.execute<Row>(sql`
    update ${deliveries} set attempts = ${deliveries.attempts} + 1, step = ${deliveries.step} + 1,
      leased_until = ${end}, next_attempt_at = ${end}, last_attempt_at = now()
    from (${candidates(ids, slots)}) as chosen, ${endpoints}, ${events}
    where ${deliveries.id} = chosen.id and ${ofEndpoint} and ${events.id} = ${deliveries.eventId} and ${due}
    returning ${deliveries.id}, ${deliveries.attempts}, ${deliveries.step}, ${endpoints.id} as endpoint_id,
      ${endpoints.url}, ${endpoints.secret}, ${endpoints.failingSince} is not null as failing,
      case when ${endpoints.previousSecretUntil} > now() then ${endpoints.previousSecret} end as previous_secret,
      ${events.id} as event_id, ${events.type}, ${events.livemode}, ${events.data},
      floor(extract(epoch from ${events.createdAt}))::int as created,
      (select count(*)::int from webhook_deliveries p where p.event_id = ${events.id} and p.status = 'pending')
        as pending`)
  return rows.map((row) => ({
    id: row.id,
    attempts: row.attempts,
    step: row.step,
    endpoint: {
      id: row.endpoint_id,
      url: row.url,
      secret: row.secret,
      previousSecret: row.previous_secret,
      failing: row.failing,
    },
    event: {
      id: row.event_id,
      type: row.type,
      livemode: row.livemode,
      data: row.data,
      created: row.created,
      pending: row.pending,
    },
  }))
}

/** The oldest of each endpoint, as many as it has room for, fairly: every endpoint's first before any second. */
function candidates(ids: string[], slots: number): SQL {
  const list = sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  )
  return sql`
    select oldest.id from ${endpoints}
    cross join lateral (
      select ${deliveries.id}, ${deliveries.nextAttemptAt} as due_at from ${deliveries}
      where ${ofEndpoint} and ${due}
      order by ${deliveries.nextAttemptAt}, ${deliveries.id}
      limit greatest(0, ${perEndpoint} - (select count(*) from ${deliveries} where ${ofEndpoint} and ${inHand}))
      for update skip locked
    ) as oldest
    where ${endpoints.id} in (${list})
    order by row_number() over (partition by ${endpoints.id} order by oldest.due_at), oldest.due_at
    limit ${slots}`
}
