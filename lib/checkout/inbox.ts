import type Stripe from 'stripe'
import { db } from '@/db/client'
import { stripeEvents } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { storable } from '@/lib/storable'
import { stripe } from '@/lib/stripe/client'
import { handlerOf } from './dispatch'

/** Stripe's own tolerance for old signatures; the SDK lets any future time pass, we do not. */
const toleranceSeconds = 300

/**
 * Verifies a webhook of Stripe's and keeps it; nothing else happens before it is answered.
 * @param body the raw bytes as text; a re-serialised body does not verify
 * @returns the event's id, and whether it was new
 * @throws AppError `invalid_request` for anything that Stripe did not sign
 */
export async function receiveStripeEvent(
  body: string,
  signature: string | null,
): Promise<{ id: string; isNew: boolean }> {
  const event = storable(verify(body, signature))
  const isNew = await keepEvent(event, body)
  return { id: event.id, isNew }
}

/**
 * Puts an event into the inbox, once, however it came: sent by Stripe or found in Stripe's list.
 * @param payload the event as JSON text
 * @returns whether it was new
 */
export async function keepEvent(event: Stripe.Event, payload: string): Promise<boolean> {
  const object = event.data.object as { id?: unknown }
  const reason = refusalOf(event)
  const inserted = await db()
    .insert(stripeEvents)
    .values({
      id: event.id,
      livemode: event.livemode,
      type: event.type,
      apiVersion: event.api_version,
      objectId: typeof object.id === 'string' ? object.id : null,
      payload,
      state: reason ? 'ignored' : 'pending',
      reason,
    })
    .onConflictDoNothing()
    .returning({ id: stripeEvents.id })
  return inserted.length > 0
}

function verify(body: string, signature: string | null): Stripe.Event {
  const time = Number(/(?:^|,)t=(\d+)/.exec(signature ?? '')?.[1] ?? Number.NaN)
  const inTime = time <= Date.now() / 1000 + toleranceSeconds
  for (const secret of env().stripe.webhookSecrets) {
    try {
      const event = stripe().webhooks.constructEvent(body, signature ?? '', secret, toleranceSeconds)
      if (inTime && isEvent(event)) return event
    } catch {
      // The other secret may fit while one is being rolled.
    }
  }
  throw new AppError('invalid_request', 'The signature does not match.')
}

/** Signed by Stripe, yet not an event of this API: a "thin" event of v2 carries no object. */
function isEvent({ id, type, livemode, data }: Partial<Stripe.Event>): boolean {
  const named = typeof id === 'string' && typeof type === 'string' && typeof livemode === 'boolean'
  return named && typeof data?.object === 'object' && data.object !== null
}

/** Why nothing can follow from an event, or null. It is kept all the same, with the reason. */
function refusalOf({ livemode, account, type }: Stripe.Event): string | null {
  if (livemode !== env().stripe.livemode) return `the event is of ${livemode ? 'live' : 'test'} mode`
  // Only events of accounts connected to ours name one.
  if (account) return `the event is of another account, ${account}`
  return handlerOf(type) ? null : 'nothing follows from this type'
}
