import { and, eq } from 'drizzle-orm'
import type Stripe from 'stripe'
import { z } from 'zod'
import { db } from '@/db/client'
import { savedCharges } from '@/db/saved-schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { amountStep, maximumAmount, minimumCharge } from '@/lib/money'
import { parse } from '@/lib/parse'
import { prepareCall } from '@/lib/stripe/call-rows'
import { StripeError } from '@/lib/stripe/client'
import { findListed } from '@/lib/stripe/find'
import { type StripeWrite, writeStripe } from '@/lib/stripe/write'
import { finishAddress } from './finish-charge'
import { recordIntent, type SavedCharge, wantsBuyer } from './saved-charges'

type Params = Stripe.PaymentIntentCreateParams

const input = z
  .strictObject({
    customer: z.string().regex(/^cus_[A-Za-z0-9_]{1,100}$/, 'This is not a customer’s id.'),
    payment_method: z.string().regex(/^pm_[A-Za-z0-9_]{1,100}$/, 'This is not a payment method’s id.'),
    /** Minor units. */
    amount: z.coerce.number().int().max(maximumAmount),
    currency: z.string().regex(/^[a-z]{3}$/, 'A currency has three small letters.'),
    description: z.string().trim().max(1000).nullable().default(null),
    /** Names this one wish: asked for again under it, it is not charged again. */
    idempotency: z.string().min(1).max(300),
  })
  .refine(
    ({ amount, currency }) => amount >= minimumCharge(currency) && amount % amountStep(currency) === 0,
    {
      path: ['amount'],
      message: 'This amount cannot be charged in this currency.',
    },
  )

export type ChargeInput = z.input<typeof input>

/**
 * Charges a saved way to pay while its owner is away (Stripe, `off_session`). What the bank says is an outcome, not
 * an exception: a refusal for want of authentication comes with an address at which the buyer finishes the payment.
 *
 * @returns how the payment stands, and that address; a new one each time, and only the last is good
 * @throws AppError `invalid_request` also where Stripe refuses the request itself, `conflict` when the same
 *   idempotency stood for something else, `stripe_unavailable`: ask again under the same one
 */
export async function chargeSavedMethod(
  wish: ChargeInput,
): Promise<{ charge: SavedCharge; finish_url: string | null }> {
  const reserved = await reserve(parse(input, wish))
  const charge =
    reserved.status === 'new'
      ? await recordIntent(reserved.id, await writeStripe(intentCall(reserved)))
      : reserved
  return { charge, finish_url: wantsBuyer(charge) ? await finishAddress(charge.id) : null }
}

/** The wish with its call, committed before Stripe hears of it. */
async function reserve(wish: z.output<typeof input>): Promise<SavedCharge> {
  const { livemode } = env().stripe
  return db().transaction(async (tx) => {
    const [made] = await tx
      .insert(savedCharges)
      .values({
        id: newId('sch'),
        livemode,
        idempotencyKey: wish.idempotency,
        customerId: wish.customer,
        paymentMethodId: wish.payment_method,
        amount: wish.amount,
        currency: wish.currency,
        description: wish.description,
      })
      .onConflictDoNothing()
      .returning()
    if (made) {
      await prepareCall(tx, intentCall(made), intentParams(made))
      return made
    }
    const [earlier] = await tx
      .select()
      .from(savedCharges)
      .where(and(eq(savedCharges.livemode, livemode), eq(savedCharges.idempotencyKey, wish.idempotency)))
    if (earlier && isSame(earlier, wish)) return earlier
    throw new AppError('conflict', 'The same idempotency stood for another charge.', { param: 'idempotency' })
  })
}

function isSame(row: SavedCharge, wish: z.output<typeof input>): boolean {
  return (
    row.customerId === wish.customer &&
    row.paymentMethodId === wish.payment_method &&
    row.amount === wish.amount &&
    row.currency === wish.currency &&
    row.description === wish.description
  )
}

function intentParams({
  id,
  amount,
  currency,
  customerId,
  paymentMethodId,
  description,
}: SavedCharge): Params {
  return {
    amount,
    currency,
    customer: customerId,
    payment_method: paymentMethodId,
    off_session: true,
    confirm: true,
    ...(description && { description }),
    metadata: { buylink_charge: id },
  }
}

function intentCall(charge: SavedCharge): StripeWrite<Params, Stripe.PaymentIntent> {
  return {
    subject: charge.id,
    operation: 'paymentIntents.create',
    params: intentParams(charge),
    send: async (stripe, params, options) => {
      try {
        return await stripe.paymentIntents.create(params, options)
      } catch (error) {
        // The bank refused, and the payment was made all the same: it stands in the error as it is now.
        const made = error instanceof StripeError ? error.payment_intent : undefined
        if (made) return made
        throw error
      }
    },
    find: (since) => findIntent(charge, since),
    isWhole: ({ status, client_secret }) => typeof status === 'string' && typeof client_secret === 'string',
  }
}

/** The payment that carries the charge's id, made at `since` (Unix seconds) or later. */
function findIntent(
  { id, customerId }: SavedCharge,
  since: number,
): Promise<Stripe.PaymentIntent | undefined> {
  return findListed(
    'paymentIntents.list',
    (stripe, page) => stripe.paymentIntents.list({ ...page, customer: customerId, created: { gte: since } }),
    (intent) => intent.metadata.buylink_charge === id,
  )
}

/**
 * Takes in what a call made that nobody heard an answer to. Nothing is charged here: whoever asked has gone.
 * @param id of the charge, the `subject` of the call
 */
export async function adoptCharge(id: string, since: number): Promise<string | undefined> {
  const [charge] = await db().select().from(savedCharges).where(eq(savedCharges.id, id))
  const intent = charge && (await findIntent(charge, since))
  if (!intent) return undefined
  await recordIntent(id, intent)
  return intent.id
}
