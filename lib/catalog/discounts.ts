import { and, eq } from 'drizzle-orm'
import type Stripe from 'stripe'
import type { z } from 'zod'
import { db } from '@/db/client'
import { coupons, promotionCodes } from '@/db/offers-schema'
import { env } from '@/lib/env'
import { newId, newToken } from '@/lib/ids'
import { parse } from '@/lib/parse'
import { storable } from '@/lib/storable'
import { callStripe } from '@/lib/stripe/calls'
import { writeStripe } from '@/lib/stripe/write'
import { createCouponInput, createPromotionCodeInput } from './offers-input'
import { findCouponMade, findPromotionCodeMade } from './orphans'

export type Coupon = typeof coupons.$inferSelect
export type PromotionCode = typeof promotionCodes.$inferSelect

/**
 * Makes a coupon at Stripe and mirrors it here.
 * @throws AppError `invalid_request` naming the field, `stripe_unavailable`
 */
export async function createCoupon(input: z.input<typeof createCouponInput>): Promise<Coupon> {
  const params = parse(createCouponInput, input)
  const id = newId('cpn')
  const created = await writeStripe({
    subject: id,
    operation: 'coupons.create',
    params: { ...params, id },
    send: (stripe, body, options) => stripe.coupons.create(body, options),
    find: () => findCouponMade(id),
  })
  return mirrorCoupon(created)
}

/**
 * Makes a promotion code, what a buyer types for a coupon, at Stripe and mirrors it here.
 * @throws AppError `invalid_request` also where an active code reads the same, `stripe_unavailable`
 */
export async function createPromotionCode(
  input: z.input<typeof createPromotionCodeInput>,
): Promise<PromotionCode> {
  const { coupon, ...params } = parse(createPromotionCodeInput, input)
  await knownCoupon(coupon)
  const subject = newToken()
  const created = await writeStripe({
    subject,
    operation: 'promotionCodes.create',
    params: {
      ...params,
      promotion: { type: 'coupon' as const, coupon },
      metadata: { buylink_call: subject },
    },
    send: (stripe, body, options) => stripe.promotionCodes.create(body, options),
    find: (since) => findPromotionCodeMade(subject, since),
  })
  return mirrorPromotionCode(created)
}

/**
 * A coupon of this mode: our mirror, or Stripe's made our mirror.
 * @throws AppError `not_found`, `stripe_unavailable`
 */
export async function knownCoupon(id: string): Promise<Coupon> {
  const [known] = await db()
    .select()
    .from(coupons)
    .where(and(eq(coupons.id, id), eq(coupons.livemode, env().stripe.livemode)))
  if (known) return known
  return mirrorCoupon(
    await callStripe('coupons.retrieve', (stripe, options) => stripe.coupons.retrieve(id, {}, options)),
  )
}

/**
 * A promotion code of this mode: our mirror, or Stripe's made our mirror.
 * @throws AppError `not_found`, `stripe_unavailable`
 */
export async function knownPromotionCode(id: string): Promise<PromotionCode> {
  const known = await findPromotionCode(id)
  if (known) return known
  return mirrorPromotionCode(
    await callStripe('promotionCodes.retrieve', (stripe, options) =>
      stripe.promotionCodes.retrieve(id, {}, options),
    ),
  )
}

/**
 * The active promotion code that reads so at Stripe, upper and lower case alike, made our mirror.
 * @throws AppError `stripe_unavailable`
 */
export async function readActiveCode(code: string): Promise<PromotionCode | undefined> {
  const { data } = await callStripe('promotionCodes.list', (stripe, options) =>
    stripe.promotionCodes.list({ code, active: true, limit: 1 }, options),
  )
  return data[0] && mirrorPromotionCode(data[0])
}

/** Our mirror of a promotion code of this mode; asks no Stripe. */
export async function findPromotionCode(id: string): Promise<PromotionCode | undefined> {
  const [row] = await db()
    .select()
    .from(promotionCodes)
    .where(and(eq(promotionCodes.id, id), eq(promotionCodes.livemode, env().stripe.livemode)))
  return row
}

/** Writes Stripe's coupon over our mirror of it; only name and validity ever change. */
export async function mirrorCoupon(coupon: Stripe.Coupon): Promise<Coupon> {
  const { id, livemode, name, percent_off, amount_off, currency, valid, created } = storable(coupon)
  const [row] = await db()
    .insert(coupons)
    .values({
      id,
      livemode,
      name,
      percentOff: percent_off === null ? null : String(percent_off),
      amountOff: amount_off,
      currency,
      duration: coupon.duration as Coupon['duration'],
      durationInMonths: coupon.duration_in_months,
      valid,
      createdAt: new Date(created * 1000),
    })
    .onConflictDoUpdate({ target: coupons.id, set: { name, valid } })
    .returning()
  return row as Coupon
}

/** Writes Stripe's promotion code over our mirror of it, its coupon first. */
export async function mirrorPromotionCode(code: Stripe.PromotionCode): Promise<PromotionCode> {
  const { coupon } = code.promotion
  if (coupon === null) throw new Error(`the promotion code ${code.id} is of no coupon`)
  const { id: couponId } = typeof coupon === 'string' ? await knownCoupon(coupon) : await mirrorCoupon(coupon)
  const { id, livemode, active, created } = code
  const [row] = await db()
    .insert(promotionCodes)
    .values({ id, livemode, couponId, code: code.code, active, createdAt: new Date(created * 1000) })
    .onConflictDoUpdate({ target: promotionCodes.id, set: { active } })
    .returning()
  return row as PromotionCode
}
