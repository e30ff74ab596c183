import { and, eq, inArray, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { keyset } from '@/db/keyset'
import { webhookEndpoints as endpoints } from '@/db/webhook-schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { type Page, type PageRequest, toPage } from '@/lib/page'
import { parse } from '@/lib/parse'
import { switchOff } from './outcomes'
import {
  type CreateEndpointInput,
  createEndpointInput,
  type UpdateEndpointInput,
  updateEndpointInput,
} from './schema'
import { newSigningSecret } from './sign'
import { targetProblem } from './targets'

export type Endpoint = typeof endpoints.$inferSelect

const maximumEndpoints = 16

const ofMode = () => eq(endpoints.livemode, env().stripe.livemode)

/**
 * Adds an endpoint. At most 16 of a mode, as at Stripe.
 * @throws AppError `invalid_request` naming the field; `url` also for an address inside a private network
 */
export async function createEndpoint(input: CreateEndpointInput): Promise<Endpoint> {
  const { url, enabled_events, description, metadata } = parse(createEndpointInput, input)
  await refuseTarget(url)
  return db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('webhook_endpoints'))`)
    if ((await tx.$count(endpoints, ofMode())) >= maximumEndpoints) {
      throw new AppError('invalid_request', `There are at most ${maximumEndpoints} webhook endpoints.`)
    }
    const [row] = await tx
      .insert(endpoints)
      .values({
        id: newId('we'),
        livemode: env().stripe.livemode,
        url: new URL(url).href,
        description: description || null,
        enabledEvents: enabled_events,
        metadata: metadata ?? {},
        secret: newSigningSecret(),
      })
      .returning()
    return row as Endpoint
  })
}

async function refuseTarget(url: string): Promise<void> {
  const problem = await targetProblem(url, {
    livemode: env().stripe.livemode,
    allow: env().webhooks.allow,
  })
  if (problem) throw new AppError('invalid_request', problem, { param: 'url' })
}

/** @throws AppError `not_found` */
export async function findEndpoint(id: string, reader: Writer = db()): Promise<Endpoint> {
  const [row] = await reader
    .select()
    .from(endpoints)
    .where(and(eq(endpoints.id, id), ofMode()))
  if (!row) throw noEndpoint(id)
  return row
}

const noEndpoint = (id: string) =>
  new AppError('not_found', `No such webhook endpoint: '${id}'`, { param: 'id' })

/**
 * Edits an endpoint; `disabled` switches it off or on. Switched on it gets what happens from then on; what it
 * missed can be re-sent.
 * @throws AppError `not_found`, `invalid_request`
 */
export async function updateEndpoint(id: string, input: UpdateEndpointInput): Promise<Endpoint> {
  const { url, enabled_events, description, metadata, disabled } = parse(updateEndpointInput, input)
  if (url !== undefined) await refuseTarget(url)
  return db().transaction(async (tx) => {
    const before = await lockEndpoint(tx, id)
    if (disabled === true) await switchOff(tx, id, 'merchant')
    const on = { status: 'enabled' as const, disabledBy: null, disabledAt: null, failingSince: null }
    const [row] = await tx
      .update(endpoints)
      .set({
        updatedAt: sql`now()`,
        ...(disabled === false && before.status === 'disabled' && on),
        ...(url !== undefined && { url: new URL(url).href }),
        ...(enabled_events !== undefined && { enabledEvents: enabled_events }),
        ...(description !== undefined && { description: description || null }),
        ...(metadata !== undefined && { metadata: mergeMetadata(before.metadata, metadata) }),
      })
      .where(eq(endpoints.id, id))
      .returning()
    return row as Endpoint
  })
}

async function lockEndpoint(tx: Writer, id: string): Promise<Endpoint> {
  const [row] = await tx
    .select()
    .from(endpoints)
    .where(and(eq(endpoints.id, id), ofMode()))
    .for('no key update')
  if (!row) throw noEndpoint(id)
  return row
}

/** Stripe's rule: an empty value removes its key, null (sent as `''`) removes them all. */
function mergeMetadata(before: Record<string, string>, change: Record<string, string> | null) {
  if (change === null) return {}
  const merged = Object.entries({ ...before, ...change }).filter(([, value]) => value !== '')
  if (merged.length > 50) {
    throw new AppError('invalid_request', 'There are at most 50 metadata keys.', { param: 'metadata' })
  }
  return Object.fromEntries(merged)
}

/**
 * Gives an endpoint a new signing secret. For `overlapHours` everything is signed with both, so that the
 * receivers can change over without losing an event.
 * @throws AppError `not_found`
 */
export async function rollSecret(id: string, overlapHours = 24): Promise<Endpoint> {
  const [row] = await db()
    .update(endpoints)
    .set({
      secret: newSigningSecret(),
      previousSecret: endpoints.secret,
      previousSecretUntil: sql`now() + make_interval(hours => ${overlapHours})`,
      updatedAt: sql`now()`,
    })
    .where(and(eq(endpoints.id, id), ofMode()))
    .returning()
  if (!row) throw noEndpoint(id)
  return row
}

/** Removes an endpoint with the log of its deliveries. @throws AppError `not_found` */
export async function deleteEndpoint(id: string): Promise<void> {
  const gone = await db()
    .delete(endpoints)
    .where(and(eq(endpoints.id, id), ofMode()))
    .returning({ id: endpoints.id })
  if (gone.length === 0) throw noEndpoint(id)
}

/** Endpoints of this mode, newest first. */
export async function listEndpoints(request: PageRequest): Promise<Page<Endpoint>> {
  const { where, orderBy } = keyset(endpoints, request)
  const rows = await db()
    .select()
    .from(endpoints)
    .where(and(ofMode(), where))
    .orderBy(...orderBy)
    .limit(request.limit + 1)
  return toPage(rows, request)
}

/** Endpoints that were switched off by themselves and that nobody has looked after yet. */
export async function endpointsSwitchedOff(): Promise<Pick<Endpoint, 'id' | 'url' | 'disabledBy'>[]> {
  return db()
    .select({ id: endpoints.id, url: endpoints.url, disabledBy: endpoints.disabledBy })
    .from(endpoints)
    .where(
      and(ofMode(), eq(endpoints.status, 'disabled'), inArray(endpoints.disabledBy, ['gone', 'failures'])),
    )
    .orderBy(endpoints.disabledAt)
}
