import { and, eq, inArray } from 'drizzle-orm'
import type Stripe from 'stripe'
import type { z } from 'zod'
import { db, type Writer } from '@/db/client'
import { shippingRates } from '@/db/offers-schema'
import type { DeliveryEstimate } from '@/db/types'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { newToken } from '@/lib/ids'
import { parse } from '@/lib/parse'
import { storable } from '@/lib/storable'
import { callStripe } from '@/lib/stripe/calls'
import { writeStripe } from '@/lib/stripe/write'
import { createShippingRateInput } from './offers-input'
import { findShippingRateMade } from './orphans'

export type ShippingRate = typeof shippingRates.$inferSelect

/**
 * Makes a shipping rate at Stripe and mirrors it here.
 * @throws AppError `invalid_request` naming the field, `stripe_unavailable`
 */
export async function createShippingRate(
  input: z.input<typeof createShippingRateInput>,
): Promise<ShippingRate> {
  const { amount, currency, ...params } = parse(createShippingRateInput, input)
  const subject = newToken()
  const created = await writeStripe({
    subject,
    operation: 'shippingRates.create',
    params: {
      ...params,
      type: 'fixed_amount' as const,
      fixed_amount: { amount, currency },
      metadata: { buylink_call: subject },
    },
    send: (stripe, body, options) => stripe.shippingRates.create(body, options),
    find: (since) => findShippingRateMade(subject, since),
  })
  return mirrorShippingRate(created)
}

/**
 * A shipping rate of this mode: our mirror, or Stripe's made our mirror.
 * @throws AppError `not_found`, `invalid_request` for a rate without a fixed amount, `stripe_unavailable`
 */
export async function knownShippingRate(id: string): Promise<ShippingRate> {
  const [known] = await findShippingRates([id])
  if (known) return known
  return mirrorShippingRate(
    await callStripe('shippingRates.retrieve', (stripe, options) =>
      stripe.shippingRates.retrieve(id, {}, options),
    ),
  )
}

/** Our mirrors of these rates in this mode, in the order asked for; one that is not there is left out. */
export async function findShippingRates(ids: string[], reader: Writer = db()): Promise<ShippingRate[]> {
  if (ids.length === 0) return []
  const rows = await reader
    .select()
    .from(shippingRates)
    .where(and(inArray(shippingRates.id, ids), eq(shippingRates.livemode, env().stripe.livemode)))
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

/** Writes Stripe's rate over our mirror of it; name and amount of a rate never change. */
export async function mirrorShippingRate(rate: Stripe.ShippingRate): Promise<ShippingRate> {
  const { id, livemode, active, display_name, fixed_amount: price, delivery_estimate } = storable(rate)
  if (!price) throw new AppError('invalid_request', `The shipping rate ${id} has no fixed amount.`)
  const [row] = await db()
    .insert(shippingRates)
    .values({
      id,
      livemode,
      name: display_name ?? '',
      amount: price.amount,
      currency: price.currency,
      estimate: delivery_estimate as DeliveryEstimate | null,
      active,
      createdAt: new Date(rate.created * 1000),
    })
    .onConflictDoUpdate({ target: shippingRates.id, set: { active } })
    .returning()
  return row as ShippingRate
}
