import { and, eq, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { checkoutSessions } from '@/db/schema'
import { mirrorPrice, mirrorProduct } from '@/lib/catalog/catalog'
import { mirrorCoupon, mirrorPromotionCode } from '@/lib/catalog/discounts'
import {
  findCouponMade,
  findPrice,
  findProduct,
  findPromotionCodeMade,
  findShippingRateMade,
} from '@/lib/catalog/orphans'
import { mirrorShippingRate } from '@/lib/catalog/shipping'
import { count } from '@/lib/counters'
import { log } from '@/lib/log'
import { resumeRefund } from '@/lib/orders/refund-order'
import { type CallRow, closeCall, earliestEffect, stuckCalls } from '@/lib/stripe/call-rows'
import { adoptCharge } from './charge-saved'
import { findSession, keepSession } from './create'
import { paced } from './pace'
import { closeSession } from './sweep-closed'

/** Whoever waited has left by then: a page asks again within seconds. */
const stuckMinutes = 10
const batch = 50

/** Finds the effect of a call and takes it for ours. @returns its id, undefined when there is none */
type Adopt = (call: CallRow) => Promise<string | undefined>

const adopters: Record<string, Adopt> = {
  'checkout.sessions.create': adoptSession,
  'products.create': async ({ subject }) => {
    const product = await findProduct(subject)
    return product && (await mirrorProduct(product)).id
  },
  'prices.create': async (call) => {
    const price = await findPrice(call.subject, earliestEffect(call))
    return price && (await mirrorPrice(price)).id
  },
  'coupons.create': async ({ subject }) => {
    const coupon = await findCouponMade(subject)
    return coupon && (await mirrorCoupon(coupon)).id
  },
  'promotionCodes.create': async (call) => {
    const code = await findPromotionCodeMade(call.subject, earliestEffect(call))
    return code && (await mirrorPromotionCode(code)).id
  },
  'shippingRates.create': async (call) => {
    const rate = await findShippingRateMade(call.subject, earliestEffect(call))
    return rate && (await mirrorShippingRate(rate)).id
  },
  'paymentIntents.create': (call) => adoptCharge(call.subject, earliestEffect(call)),
  // Money that a person wanted to give back is not given up: it is asked for again.
  'refunds.create': ({ subject }) => resumeRefund(subject),
}

/** Clears up calls that nobody waits for any more: what they made is adopted, the rest is given up. */
export async function sweepCalls(signal: AbortSignal): Promise<void> {
  const calls = await stuckCalls(Object.keys(adopters), stuckMinutes, batch)
  await paced(async () => calls.shift(), clear, { most: batch, signal })
}

async function clear(call: CallRow): Promise<void> {
  const { operation, subject } = call
  try {
    const found = await adopters[operation]?.(call)
    if (found) {
      await closeCall(call, { state: 'done', resultId: found })
      await count('stripe_adoptions')
      await count('sweeper_repairs')
      log.warn({ operation, reason: found }, 'the sweeper adopted what an unanswered call had made')
    } else if (
      await closeCall(call, { state: 'abandoned', error: 'never answered, and nothing came of it' })
    ) {
      await count('stripe_abandoned')
      if (operation === 'checkout.sessions.create') await letGo(subject)
    }
  } catch (error) {
    log.error({ operation, session: subject, error }, 'an unanswered call could not be cleared up')
  }
}

/** A session whose row was let go meanwhile is closed: nobody could be sent to pay in it. */
async function adoptSession(call: CallRow): Promise<string | undefined> {
  const session = await findSession(call.subject, earliestEffect(call))
  if (!session) return undefined
  await keepSession(call.subject, session)
  const [row] = await db()
    .select({ status: checkoutSessions.status })
    .from(checkoutSessions)
    .where(eq(checkoutSessions.id, call.subject))
  if (row?.status === 'expired' && session.status === 'open') await closeSession(session.id)
  return session.id
}

/** No browser ever got the client secret of such a row, so nobody can have paid. */
async function letGo(id: string): Promise<void> {
  await db()
    .update(checkoutSessions)
    .set({ status: 'expired', updatedAt: sql`now()` })
    .where(
      and(
        eq(checkoutSessions.id, id),
        eq(checkoutSessions.status, 'open'),
        isNull(checkoutSessions.stripeSessionId),
      ),
    )
}
