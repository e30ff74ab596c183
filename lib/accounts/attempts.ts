import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { rateLimits } from '@/db/schema'
import { AppError } from '@/lib/errors'
import { hashToken } from '@/lib/ids'

const limit = 20
const window = sql`now() + interval '15 minutes'`

/** The address is hashed: people mistype, and now and then put a password there. */
const keyOf = (email: string) => `sign-in:${hashToken(email)}`

/**
 * Counts a try to sign in to one account, whatever address it comes from: 20 in 15 minutes. Counted before
 * the password is looked at, in one statement, so that tries at the same moment cannot slip past together.
 * @throws AppError `rate_limited`
 */
export async function countAttempt(email: string): Promise<void> {
  const over = sql`${rateLimits.expire} <= now()`
  const [row] = await db()
    .insert(rateLimits)
    .values({ key: keyOf(email), points: 1, expire: window })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        points: sql`case when ${over} then 1 else ${rateLimits.points} + 1 end`,
        expire: sql`case when ${over} then excluded.expire else ${rateLimits.expire} end`,
      },
    })
    .returning({ points: rateLimits.points })
  if (row && row.points > limit) throw tooManyAttempts()
}

/** Forgets the tries: the right password was among them. */
export async function clearAttempts(email: string): Promise<void> {
  await db()
    .delete(rateLimits)
    .where(eq(rateLimits.key, keyOf(email)))
}

export function tooManyAttempts(): AppError {
  return new AppError('rate_limited', 'Too many attempts. Wait a few minutes, then sign in again.')
}
