import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { checkoutSessions } from '@/db/schema'
import { noteDecline } from './declines'
import type { CheckoutSession } from './open'
import type { ReceivedEvent } from './received-event'
import { sessionNamedBy, sessionOfPayment } from './session-of-payment'
import { settleCheckout } from './settle'

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

/** An event of a checkout session: settles it, whatever the event claims of it. */
export async function followSession({ data }: ReceivedEvent): Promise<string | null> {
  const id = text(data.object.id)
  if (!id) return 'the event names no session'
  const settled = await settleCheckout(id, 'webhook')
  if (settled.outcome !== 'unknown') return null
  if (settled.ours) throw new Error('the session of this event is not recorded yet')
  return 'the session was not opened by this application'
}

/**
 * A payment that was taken, or let go, after its session was completed: capturing it by hand is told by no event of
 * the session. Any other is left to its session's own.
 */
export async function followCapture({ data }: ReceivedEvent): Promise<string | null> {
  const ours = sessionNamedBy(data)
  if (!ours) return 'the payment is neither of a checkout nor a charge of a saved method'
  const [row] = await db().select().from(checkoutSessions).where(eq(checkoutSessions.id, ours))
  if (!row) return 'the session of this payment is not known here'
  // One that is captured at once may be so while its session is still being settled by what was read before.
  if (row.status !== 'complete' && data.object.capture_method !== 'manual') {
    return 'the events of the session itself tell of this payment'
  }
  if (isAwaited(row)) await settleCheckout(row.stripeSessionId, 'webhook')
  return null
}

const isAwaited = (row: CheckoutSession): row is CheckoutSession & { stripeSessionId: string } =>
  row.paymentStatus === 'unpaid' && row.stripeSessionId !== null

/**
 * A failed payment of one of our sessions. A declined try leaves the session open, with nothing to settle, and is
 * counted; a delayed payment that failed ends a completed one.
 */
export async function followFailedPayment({ id, data }: ReceivedEvent): Promise<string | null> {
  const ours = await sessionOfPayment(data)
  if (!ours) return 'the payment was not made through this application'
  const [row] = await db().select().from(checkoutSessions).where(eq(checkoutSessions.id, ours))
  if (!row) return 'the session of this payment is not known here'
  if (row.status !== 'complete') await noteDecline(id, row)
  else if (isAwaited(row)) await settleCheckout(row.stripeSessionId, 'webhook')
  return null
}
