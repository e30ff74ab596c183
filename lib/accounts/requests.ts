import { and, eq, sql } from 'drizzle-orm'
import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible'
import { db } from '@/db/client'
import { apiRequests } from '@/db/key-schema'
import { rateLimits } from '@/db/schema'
import { AppError } from '@/lib/errors'
import { hashToken } from '@/lib/ids'
import { once } from '@/lib/once'

/** Requests of one key in a second, in all processes together. */
const perSecond = 100

const limiter = () =>
  once(
    'api-limiter',
    () =>
      new RateLimiterDrizzle({
        storeClient: db(),
        schema: rateLimits,
        keyPrefix: 'api',
        points: perSecond,
        duration: 1,
      }),
  )

/** Counts a request of a key. @throws AppError `rate_limited` */
export async function countRequest(keyId: string): Promise<void> {
  try {
    await limiter().consume(keyId)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw new AppError('rate_limited', 'Too many requests with this key.', { retryAfter: 1 })
  }
}

export type Remembered = { status: number; body: string }

/** A request that died in our hands can be taken up again after this. */
const abandonedSeconds = 60
const keptHours = 24

/**
 * Takes an `Idempotency-Key` for a request, or finds what was answered under it before.
 * @param content method, path and body: the same key with another content is a mistake
 * @returns the earlier answer, or null when the request is ours to work on
 * @throws AppError `conflict` while another request with this key is under way, `invalid_request` for a reused key
 */
export async function claimRequest(
  keyId: string,
  idempotencyKey: string,
  content: string,
): Promise<Remembered | null> {
  const fingerprint = hashToken(content)
  const stale = sql`${apiRequests.createdAt} < now() - make_interval(hours => ${keptHours})
    or (${apiRequests.status} is null and ${apiRequests.createdAt} < now() - make_interval(secs => ${abandonedSeconds}))`
  const [taken] = await db()
    .insert(apiRequests)
    .values({ keyId, idempotencyKey, fingerprint })
    .onConflictDoUpdate({
      target: [apiRequests.keyId, apiRequests.idempotencyKey],
      set: { fingerprint, status: null, body: null, createdAt: sql`now()` },
      setWhere: stale,
    })
    .returning({ keyId: apiRequests.keyId })
  if (taken) return null
  const [earlier] = await db().select().from(apiRequests).where(which(keyId, idempotencyKey))
  if (earlier && earlier.fingerprint !== fingerprint) throw new KeyReused(idempotencyKey)
  if (!earlier || earlier.status === null) {
    throw new AppError('conflict', 'Another request with this Idempotency-Key is still under way.')
  }
  return { status: earlier.status, body: earlier.body ?? '' }
}

/** The same key for two different requests; Stripe has an error type of its own for it. */
export class KeyReused extends AppError {
  constructor(key: string) {
    super('invalid_request', `The Idempotency-Key “${key}” was used for another request before.`)
  }
}

/** Keeps the answer to a request for a day. */
export async function rememberRequest(keyId: string, key: string, answer: Remembered): Promise<void> {
  await db().update(apiRequests).set(answer).where(which(keyId, key))
}

/** Gives the key back: nothing happened, and the request may be corrected and sent again. */
export async function releaseRequest(keyId: string, key: string): Promise<void> {
  await db().delete(apiRequests).where(which(keyId, key))
}

const which = (keyId: string, key: string) =>
  and(eq(apiRequests.keyId, keyId), eq(apiRequests.idempotencyKey, key))

/** Forgets answers that are older than a day. */
export async function purgeRequests(): Promise<void> {
  await db()
    .delete(apiRequests)
    .where(sql`${apiRequests.createdAt} < now() - make_interval(hours => ${keptHours})`)
}
