import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible'
import { db } from '@/db/client'
import { rateLimits } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { once } from '@/lib/once'

const seconds = 600

function limiter() {
  return new RateLimiterDrizzle({
    storeClient: db(),
    schema: rateLimits,
    keyPrefix: 'checkout',
    points: env().sessionsPerAddress,
    duration: seconds,
  })
}

/**
 * Counts one new checkout session of an address on a link. Resuming an open one is free.
 * @param address the buyer's address, IPv6 as its /64; null when it cannot be trusted: those share one count
 * @throws AppError `rate_limited` with the seconds to wait
 */
export async function brakeNewSession(linkId: string, address: string | null): Promise<void> {
  try {
    await once('checkout-limiter', limiter).consume(`${linkId}:${address ?? 'unknown'}`)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw new AppError('rate_limited', 'Too many checkouts were opened from here. Please wait a moment.', {
      retryAfter: Math.ceil(refused.msBeforeNext / 1000),
    })
  }
}
