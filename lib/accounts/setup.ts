import { timingSafeEqual } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import { eq } from 'drizzle-orm'
import { credentials, setupTokens, users } from '@/db/auth-schema'
import { db, type Writer } from '@/db/client'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { hashToken, newId, newToken } from '@/lib/ids'
import { saveMerchant } from './merchant'
import type { OwnerInput } from './schema'

/** `done`: there is an owner. `wrong`: there is none, but this token does not open the set-up. */
export type SetupState = 'open' | 'wrong' | 'done'

export async function ownerExists(): Promise<boolean> {
  const rows = await db().select({ id: users.id }).from(users).where(eq(users.role, 'owner')).limit(1)
  return rows.length > 0
}

/**
 * The address at which the owner is made, or null once there is one. Every call makes a new one-time token
 * and ends the one before, of which only a hash was kept; SETUP_TOKEN fixes it instead.
 */
export async function setupUrl(): Promise<string | null> {
  if (await ownerExists()) return null
  const token = env().setupToken ?? newToken()
  const tokenHash = hashToken(token)
  await db()
    .insert(setupTokens)
    .values({ tokenHash })
    .onConflictDoUpdate({ target: setupTokens.id, set: { tokenHash, createdAt: new Date() } })
  return `${env().baseUrl}/setup?token=${encodeURIComponent(token)}`
}

/** Whether the set-up can be done with this token; uses nothing up. */
export async function setupState(token: string): Promise<SetupState> {
  if (await ownerExists()) return 'done'
  const [row] = await db().select().from(setupTokens)
  return row && isToken(token, row.tokenHash) ? 'open' : 'wrong'
}

function isToken(token: string, tokenHash: string): boolean {
  const given = Buffer.from(hashToken(token))
  const kept = Buffer.from(tokenHash)
  return given.length === kept.length && timingSafeEqual(given, kept)
}

/**
 * Makes the owner, names the business and uses the token up, all or nothing.
 * @throws AppError `forbidden` where the token is wrong or used, `conflict` where there is an owner
 */
export async function createOwner(input: OwnerInput): Promise<void> {
  // Slow on purpose, so it is done before the transaction rather than inside.
  const password = await hashPassword(input.password)
  const email = input.email.toLowerCase()
  await db().transaction(async (tx) => {
    await consumeToken(tx, input.token)
    const id = newId('usr')
    const made = await tx
      .insert(users)
      .values({ id, name: email, email, role: 'owner' })
      .onConflictDoNothing()
      .returning({ id: users.id })
    if (made.length === 0) throw setUpAlready()
    await tx
      .insert(credentials)
      .values({ id: newId('cred'), userId: id, accountId: id, providerId: 'credential', password })
    await saveMerchant({ name: input.business }, tx)
  })
}

async function consumeToken(tx: Writer, token: string): Promise<void> {
  const [row] = await tx.select().from(setupTokens).for('update')
  if (row && isToken(token, row.tokenHash)) {
    await tx.delete(setupTokens)
    return
  }
  const [owner] = await tx.select({ id: users.id }).from(users).where(eq(users.role, 'owner')).limit(1)
  if (owner) throw setUpAlready()
  throw new AppError('forbidden', 'This set-up address is not valid. The newest one is in the server’s log.')
}

function setUpAlready(): AppError {
  return new AppError('conflict', 'This site has an owner already. Sign in instead.')
}
