import { and, eq, isNotNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { checkoutSessions, paymentLinks } from '@/db/schema'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { endSession } from './end-session'
import { paced } from './pace'

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

/** Ends a session; where Stripe cannot be asked now, a later round does. */
export async function closeSession(stripeSessionId: string): Promise<void> {
  try {
    await endSession(stripeSessionId)
  } catch (error) {
    log.error({ session: stripeSessionId, error }, 'a session that should be closed is still open')
  }
}
