import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { apiKeys } from '@/db/key-schema'
import { keyset } from '@/db/keyset'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { hashToken, newId, newToken } from '@/lib/ids'
import { type Page, type PageRequest, toPage } from '@/lib/page'
import { parse } from '@/lib/parse'
import { accessScopes } from './scopes'

export type ApiKey = Omit<typeof apiKeys.$inferSelect, 'hash'>

export const createKeyInput = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Give the key a name, for instance of the system that uses it.')
    .max(100, 'Use at most 100 characters.'),
  access: z.enum(['full', 'read', 'webhooks'], 'Choose what the key may do.'),
})

const shown = {
  id: apiKeys.id,
  livemode: apiKeys.livemode,
  name: apiKeys.name,
  hint: apiKeys.hint,
  scopes: apiKeys.scopes,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
  createdAt: apiKeys.createdAt,
}

const ofMode = () => eq(apiKeys.livemode, env().stripe.livemode)

/**
 * Makes an API key of this mode: `bl_test_` or `bl_live_` and 192 random bits. Only its hash is kept, so that
 * this answer is the one time it can be seen.
 * @throws AppError `invalid_request`
 */
export async function createKey(
  input: z.input<typeof createKeyInput>,
): Promise<{ key: ApiKey; token: string }> {
  const { name, access } = parse(createKeyInput, input)
  const { livemode } = env().stripe
  const token = `bl_${livemode ? 'live' : 'test'}_${newToken()}`
  const [key] = await db()
    .insert(apiKeys)
    .values({
      id: newId('key'),
      livemode,
      name,
      hash: hashToken(token),
      hint: token.slice(-4),
      scopes: [...accessScopes[access]],
    })
    .returning(shown)
  return { key: key as ApiKey, token }
}

/**
 * The key a request was sent with, and a note of its use, at most one a minute.
 * @throws AppError `unauthenticated` for a key that is unknown, revoked or of the other mode
 */
export async function requireKey(token: string | null): Promise<ApiKey> {
  if (!token) {
    throw new AppError(
      'unauthenticated',
      'You did not provide an API key. Send it in the Authorization header, as “Bearer bl_…”.',
    )
  }
  const [key] = await db()
    .select(shown)
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hashToken(token)), ofMode()))
  if (!key) throw new AppError('unauthenticated', 'This API key is not known here.')
  if (key.revokedAt) throw new AppError('unauthenticated', 'This API key has been revoked.')
  await db()
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(apiKeys.id, key.id),
        or(isNull(apiKeys.lastUsedAt), sql`${apiKeys.lastUsedAt} < now() - interval '1 minute'`),
      ),
    )
  return key
}

/** Ends a key at once; it stays in the list. @throws AppError `not_found` */
export async function revokeKey(id: string): Promise<void> {
  const [row] = await db()
    .update(apiKeys)
    .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
    .where(and(eq(apiKeys.id, id), ofMode()))
    .returning({ id: apiKeys.id })
  if (!row) throw new AppError('not_found', 'There is no such API key.')
}

/** Keys of this mode, newest first. */
export async function listKeys(request: PageRequest): Promise<Page<ApiKey>> {
  const { where, orderBy } = keyset(apiKeys, request)
  const rows = await db()
    .select(shown)
    .from(apiKeys)
    .where(and(ofMode(), where))
    .orderBy(...orderBy)
    .limit(request.limit + 1)
  return toPage(rows, request)
}
