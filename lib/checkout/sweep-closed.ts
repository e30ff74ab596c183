import { and, eq, isNotNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { checkoutSessions, paymentLinks } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { callStripe } from '@/lib/stripe/calls'
import { paced } from './pace'
import { settleCheckout } from './settle'

const batch = 50

/** A link that was switched off finalises no purchase any more (Stripe Payment Links, deactivate). */
export async function closeSwitchedOff(signal: AbortSignal): Promise<void> {
  const rows = await db()
    .select({ id: checkoutSessions.stripeSessionId })
    .from(checkoutSessions)
    .innerJoin(paymentLinks, eq(paymentLinks.id, checkoutSessions.linkId))
    .where(
      and(
        eq(checkoutSessions.livemode, env().stripe.livemode),
        eq(checkoutSessions.status, 'open'),
        isNotNull(checkoutSessions.stripeSessionId),
        eq(paymentLinks.active, false),
      ),
    )
    .limit(batch)
  const ids = rows.flatMap(({ id }) => (id ? [id] : []))
  await paced(async () => ids.shift(), closeSession, { most: batch, signal })
}

/** Ends a session at Stripe, so that it can no longer be paid, and settles what became of it. */
export async function closeSession(stripeSessionId: string): Promise<void> {
  try {
    await expireAtStripe(stripeSessionId)
    await settleCheckout(stripeSessionId, 'sweep')
  } catch (error) {
    log.error({ session: stripeSessionId, error }, 'a session that should be closed is still open')
  }
}

/** Expiring is repeatable by nature and needs no key; a refusal means that it was paid or had expired before. */
async function expireAtStripe(stripeSessionId: string): Promise<void> {
  try {
    await callStripe('checkout.sessions.expire', (stripe, options) =>
      stripe.checkout.sessions.expire(stripeSessionId, {}, options),
    )
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'invalid_request')) throw error
  }
}
