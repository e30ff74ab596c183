import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible'
import { db } from '@/db/client'
import { rateLimits } from '@/db/schema'
import { AppError } from '@/lib/errors'
import { hashToken } from '@/lib/ids'
import { once } from '@/lib/once'

/** Tries to sign in to one account within a quarter of an hour, from anywhere together. */
const limiter = () =>
  once(
    'sign-in-limiter',
    () =>
      new RateLimiterDrizzle({
        storeClient: db(),
        schema: rateLimits,
        keyPrefix: 'sign-in',
        points: 20,
        duration: 900,
      }),
  )

/**
 * Counts a try to sign in to an account, known or not, whatever address it comes from. Done before the
 * password is looked at, so that tries at the same moment cannot slip past together.
 * @throws AppError `rate_limited`
 */
export async function countAttempt(email: string): Promise<void> {
  try {
    // Hashed: people mistype, and now and then put their password there.
    await limiter().consume(hashToken(email))
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw tooManyAttempts()
  }
}

/** Forgets the tries: the right password was among them. */
export async function clearAttempts(email: string): Promise<void> {
  await limiter().delete(hashToken(email))
}

export function tooManyAttempts(): AppError {
  return new AppError('rate_limited', 'Too many attempts. Wait a few minutes, then sign in again.')
}
