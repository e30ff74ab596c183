import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { once } from '@/lib/once'

/** Buyers whose session is being made at the same time, in one process. */
const most = 600
/** Milliseconds after which a buyer is told instead of left waiting. */
const longest = 10_000

const waiting = () => once('checkout-waiting', () => ({ count: 0 }))

/**
 * Does work that waits for Stripe, while not too many wait already. Work that takes too long goes on by
 * itself: the buyer's page asks again and finds what came of it.
 * @throws AppError `stripe_unavailable` with the seconds to wait
 */
export async function waitBriefly<T>(work: () => Promise<T>): Promise<T> {
  const line = waiting()
  if (line.count >= most) throw later('Too many buyers are waiting for Stripe.', 5)
  line.count += 1
  let left = false
  const working = work().finally(() => {
    line.count -= 1
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const enough = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      left = true
      reject(later('Stripe takes long to answer.', 2))
    }, longest)
  })
  working.catch((error: unknown) => {
    if (left) log.warn({ operation: 'checkout.sessions.create', error }, 'a buyer waited in vain')
  })
  try {
    return await Promise.race([working, enough])
  } finally {
    clearTimeout(timer)
  }
}

function later(message: string, retryAfter: number): AppError {
  return new AppError('stripe_unavailable', message, { retryAfter })
}
