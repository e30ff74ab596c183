import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { endSession } from './end-session'
import type { CheckoutSession } from './open'
import { countDeclined } from './tries'

/**
 * Counts a declined payment against its session, and ends the session after a handful: whoever tries stolen cards
 * pays with one after another, and every new session has to pass the brakes.
 *
 * @param event Stripe's id of it; counted once
 * @throws AppError `stripe_unavailable` when the session could not be ended yet: call it again
 */
export async function noteDecline(event: string, session: CheckoutSession): Promise<void> {
  const declined = await countDeclined(event, session)
  const { id, linkId: link, stripeSessionId, status } = session
  if (declined < env().declinesPerSession || status !== 'open' || !stripeSessionId) return
  log.warn({ session: id, link, count: declined }, 'a checkout session is ended after many declines')
  await endSession(stripeSessionId)
}
