import { and, eq, inArray, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { savedCharges } from '@/db/saved-schema'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { followCapture, followFailedPayment } from './follow-session'
import { paced } from './pace'
import type { ReceivedEvent } from './received-event'
import { ofThisMode, type SavedCharge, settleCharge } from './saved-charges'

/** Charges asked about in one round. */
const most = 50

/** An event of a payment that goes on: a charge of a saved method, or of a checkout that waits to be captured. */
export function followIntent(event: ReceivedEvent): Promise<string | null> {
  const charge = chargeOf(event.data)
  return charge ? followCharge(charge) : followCapture(event)
}

/** A failed payment is a charge of a saved method or a try in a checkout. */
export function followFailure(event: ReceivedEvent): Promise<string | null> {
  const charge = chargeOf(event.data)
  return charge ? followCharge(charge) : followFailedPayment(event)
}

/** How a charge of a saved method stands now is written down. */
async function followCharge(id: string): Promise<string | null> {
  const [charge] = await db().select().from(savedCharges).where(ofThisMode(id))
  if (!charge) return 'the charge of this payment is not known here'
  if (!charge.paymentIntentId) throw new Error('the charge of this payment is not written down yet')
  await settleCharge(charge)
  return null
}

function chargeOf({ object }: ReceivedEvent['data']): string | null {
  const id = (object.metadata as Record<string, unknown> | null | undefined)?.buylink_charge
  return typeof id === 'string' && id !== '' ? id : null
}

/** Asks Stripe about charges that are under way and of which we should have heard. */
export function sweepCharges(signal: AbortSignal): Promise<void> {
  return paced(takeDue, settle, { most, signal })
}

async function settle(charge: SavedCharge): Promise<void> {
  try {
    await settleCharge(charge)
  } catch (error) {
    log.error({ operation: 'sweep.charges', error }, 'the sweeper could not settle a charge')
  }
}

/** The mark is the cursor, as with sessions: the one that has waited longest, ten rounds after the last look. */
async function takeDue(): Promise<SavedCharge | undefined> {
  const due = db()
    .select({ id: savedCharges.id })
    .from(savedCharges)
    .where(
      and(
        eq(savedCharges.livemode, env().stripe.livemode),
        inArray(savedCharges.status, ['processing', 'requires_action']),
        sql`coalesce(${savedCharges.checkedAt}, ${savedCharges.createdAt})
          + make_interval(secs => ${env().sweepSeconds * 10}) <= now()`,
      ),
    )
    .orderBy(sql`${savedCharges.checkedAt} nulls first`)
    .limit(1)
    .for('update', { skipLocked: true })
  const [row] = await db()
    .update(savedCharges)
    .set({ checkedAt: sql`now()` })
    .where(sql`${savedCharges.id} = (${due})`)
    .returning()
  return row
}
