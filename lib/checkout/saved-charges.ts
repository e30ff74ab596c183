import { and, eq, notInArray, sql } from 'drizzle-orm'
import type Stripe from 'stripe'
import { db } from '@/db/client'
import { savedCharges } from '@/db/saved-schema'
import type { PaymentMethodSummary } from '@/db/types'
import { env } from '@/lib/env'
import { storable } from '@/lib/storable'
import { callStripe } from '@/lib/stripe/calls'

export type SavedCharge = typeof savedCharges.$inferSelect

/** What can never change again. */
const ended = ['succeeded', 'canceled']

/** Whether a buyer who comes to it can still pay it. */
export function isPayable({ status }: SavedCharge): boolean {
  return status === 'requires_payment_method' || status === 'requires_action'
}

/** Whether the bank wants the buyer, or has wanted them before: a card that is merely declined is no case for them. */
export function wantsBuyer(charge: SavedCharge): boolean {
  const { status, failureCode, tokenHash } = charge
  const asked = status === 'requires_action' || failureCode === 'authentication_required'
  return isPayable(charge) && (asked || tokenHash !== null)
}

export function ofThisMode(id: string) {
  return and(eq(savedCharges.id, id), eq(savedCharges.livemode, env().stripe.livemode))
}

/** Writes down how a charge stands at Stripe. One that has ended stays as it is, whatever an older reading says. */
export async function recordIntent(id: string, intent: Stripe.PaymentIntent): Promise<SavedCharge> {
  const problem = intent.last_payment_error
  const reading = storable({
    status: intent.status,
    failureCode: problem?.code ?? null,
    failureMessage: problem?.message ?? null,
    paymentIntentId: intent.id,
    clientSecret: intent.client_secret,
  })
  const method = methodOf(intent)
  await db()
    .update(savedCharges)
    .set({ ...reading, ...(method && { paymentMethod: method }), updatedAt: sql`now()` })
    .where(and(eq(savedCharges.id, id), notInArray(savedCharges.status, ended)))
  const [row] = await db().select().from(savedCharges).where(eq(savedCharges.id, id))
  if (!row) throw new Error(`there is no charge ${id}`)
  return row
}

/** Asks Stripe how a charge stands and writes it down. @throws AppError `stripe_unavailable` */
export async function settleCharge(charge: SavedCharge): Promise<SavedCharge> {
  const { paymentIntentId: intent, status } = charge
  if (!intent || ended.includes(status)) return charge
  const found = await callStripe('paymentIntents.retrieve', (stripe, options) =>
    stripe.paymentIntents.retrieve(intent, { expand: ['payment_method'] }, options),
  )
  return recordIntent(charge.id, found)
}

/** The method of a payment; of a refused one it stands in the refusal. */
function methodOf({ payment_method, last_payment_error }: Stripe.PaymentIntent): PaymentMethodSummary | null {
  const method = typeof payment_method === 'object' ? payment_method : null
  const used = method ?? last_payment_error?.payment_method
  return used
    ? {
        type: used.type,
        brand: used.card?.brand ?? null,
        last4: used.card?.last4 ?? used.sepa_debit?.last4 ?? null,
      }
    : null
}

/** The public JSON of a charge. */
export function savedChargeResource(charge: SavedCharge) {
  return {
    id: charge.id,
    object: 'saved_charge',
    livemode: charge.livemode,
    customer: charge.customerId,
    payment_method: charge.paymentMethodId,
    amount: charge.amount,
    currency: charge.currency,
    description: charge.description,
    status: charge.status,
    failure: charge.failureCode && { code: charge.failureCode, message: charge.failureMessage },
    payment_intent: charge.paymentIntentId,
    created: Math.floor(charge.createdAt.getTime() / 1000),
  }
}
