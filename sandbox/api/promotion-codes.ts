import type Stripe from 'stripe'
import type { z } from 'zod'
import { changedFrom, emit } from '../events'
import { invalidRequest, noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import {
  boolean,
  choice,
  currency,
  currencyMap,
  emptyable,
  integer,
  metadata,
  objectOf,
  paramsOf,
  text,
} from '../http/params'
import { newId, randomText } from '../ids'
import { isUsedUp } from '../payments/promotions'
import { addTask } from '../payments/tasks'
import type { Records } from '../state/records'
import type { World } from '../world'
import { findCoupon } from './coupons'
import { findCustomer } from './customers'
import { createdFilter, isCreatedWithin, mergeMetadata, pagination, retrieveParams } from './fields'
import { operation } from './operation'

type PromotionCode = Records['promotion_code']

const minimums = () =>
  currencyMap(
    objectOf<Stripe.PromotionCodeCreateParams.Restrictions.CurrencyOptions>()({ minimum_amount: integer(1) }),
  )

const createParams = paramsOf<Stripe.PromotionCodeCreateParams>()(
  {
    active: boolean().optional(),
    code: text(500).optional(),
    customer: text().optional(),
    expires_at: integer().optional(),
    max_redemptions: integer(1).optional(),
    metadata: metadata().optional(),
    promotion: objectOf<Stripe.PromotionCodeCreateParams.Promotion>()({
      coupon: text().optional(),
      type: choice<Stripe.PromotionCodeCreateParams.Promotion['type']>()('coupon'),
    }),
    restrictions: objectOf<Stripe.PromotionCodeCreateParams.Restrictions>()({
      currency_options: minimums().optional(),
      first_time_transaction: boolean().optional(),
      minimum_amount: integer(1).optional(),
      minimum_amount_currency: currency().optional(),
    }).optional(),
  },
  ['customer_account'],
)

const updateParams = paramsOf<Stripe.PromotionCodeUpdateParams>()({
  active: boolean().optional(),
  metadata: emptyable(metadata()).optional(),
  restrictions: objectOf<Stripe.PromotionCodeUpdateParams.Restrictions>()({
    currency_options: minimums().optional(),
  }).optional(),
})

const listParams = paramsOf<Stripe.PromotionCodeListParams>()(
  {
    ...pagination,
    active: boolean().optional(),
    code: text().optional(),
    coupon: text().optional(),
    created: createdFilter,
    customer: text().optional(),
  },
  ['customer_account'],
)

type Create = z.output<(typeof createParams)['schema']>

function checkCreate({ code, promotion, restrictions }: Create): void {
  if (code !== undefined && !/^[A-Za-z0-9-]+$/.test(code)) {
    const message = 'The promotion code may hold letters (A-Z), digits (0-9) and dashes (-) only.'
    throw invalidRequest(message, { param: 'code' })
  }
  if (promotion.coupon === undefined) {
    const details = { code: 'parameter_missing', param: 'promotion[coupon]' }
    throw invalidRequest('Missing required param: promotion[coupon].', details)
  }
  const {
    minimum_amount: least,
    minimum_amount_currency: unit,
    currency_options: others,
  } = restrictions ?? {}
  if ((least === undefined) !== (unit === undefined)) {
    const missing = least === undefined ? 'minimum_amount' : 'minimum_amount_currency'
    const message = '`minimum_amount` and `minimum_amount_currency` must be passed together.'
    throw invalidRequest(message, { code: 'parameter_missing', param: `restrictions[${missing}]` })
  }
  if (unit !== undefined && others?.[unit]) {
    const message = `\`currency_options\` must not hold the \`minimum_amount_currency\`, ${unit}.`
    throw invalidRequest(message, { param: `restrictions[currency_options][${unit}]` })
  }
}

/** Refuses a code that another active promotion code of the same customer, or of everybody, has. */
function claimCode(world: World, code: string, customer: string | null, self?: string): void {
  const wanted = code.toLowerCase()
  const isTaken = world.store
    .list('promotion_code')
    .some(
      (each) =>
        each.active && each.id !== self && each.code.toLowerCase() === wanted && each.customer === customer,
    )
  if (!isTaken) return
  throw invalidRequest(`An active promotion code with \`code: ${code}\` already exists.`, { param: 'code' })
}

function create(world: World, params: Create): PromotionCode {
  const coupon = findCoupon(world, params.promotion.coupon ?? '', 'promotion[coupon]', 400)
  if (!coupon.valid) throw invalidRequest('This coupon is no longer valid.', { param: 'promotion[coupon]' })
  const customer =
    params.customer === undefined ? null : findCustomer(world, params.customer, 'customer', 400).id
  const { max_redemptions: most = null, expires_at: end = coupon.redeem_by, restrictions = {} } = params
  if (most !== null && coupon.max_redemptions !== null && most > coupon.max_redemptions) {
    const message = "`max_redemptions` cannot be greater than the coupon's `max_redemptions`."
    throw invalidRequest(message, { param: 'max_redemptions' })
  }
  if (end !== null && end <= world.clock.seconds()) {
    throw invalidRequest('`expires_at` must be in the future.', { param: 'expires_at' })
  }
  if (end !== null && coupon.redeem_by !== null && end > coupon.redeem_by) {
    throw invalidRequest("`expires_at` cannot be after the coupon's `redeem_by`.", { param: 'expires_at' })
  }
  const active = params.active ?? true
  const code = params.code ?? randomText(8).toUpperCase()
  if (active) claimCode(world, code, customer)
  const made = world.store.put('promotion_code', {
    id: newId('promo_'),
    object: 'promotion_code',
    active,
    code,
    created: world.clock.seconds(),
    customer,
    customer_account: null,
    expires_at: end,
    livemode: false,
    max_redemptions: most,
    metadata: mergeMetadata({}, params.metadata),
    promotion: { coupon: coupon.id, type: 'coupon' },
    restrictions: {
      ...(restrictions.currency_options ? { currency_options: restrictions.currency_options } : {}),
      first_time_transaction: restrictions.first_time_transaction ?? false,
      minimum_amount: restrictions.minimum_amount ?? null,
      minimum_amount_currency: restrictions.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  })
  if (end !== null) {
    addTask(world, { type: 'end_promotion_code', subject: made.id, due: end * 1000, outcome: null })
  }
  emit(world, 'promotion_code.created', made)
  return made
}

function findPromotionCode(world: World, id: string): PromotionCode {
  const code = world.store.get('promotion_code', id)
  if (!code) throw noSuch('promotion code', id, 'promotion_code')
  return code
}

function checkReactivation(world: World, code: PromotionCode): void {
  const isOver = code.expires_at !== null && code.expires_at <= world.clock.seconds()
  const coupon = world.store.get('coupon', String(code.promotion.coupon))
  if (isOver || isUsedUp(code) || !coupon?.valid) {
    const message = 'This promotion code can no longer be redeemed, so it cannot be activated again.'
    throw invalidRequest(message, { param: 'active' })
  }
  claimCode(world, code.code, code.customer as string | null, code.id)
}

export const promotionCodeOperations = [
  operation({
    name: 'promotion_codes.create',
    method: 'POST',
    path: '/v1/promotion_codes',
    params: createParams,
    check: checkCreate,
    run: create,
  }),
  operation({
    name: 'promotion_codes.list',
    method: 'GET',
    path: '/v1/promotion_codes',
    params: listParams,
    run(world, params) {
      const items = world.store.list('promotion_code').filter((each) => {
        if (params.active !== undefined && each.active !== params.active) return false
        if (params.code !== undefined && each.code.toLowerCase() !== params.code.toLowerCase()) return false
        if (params.coupon !== undefined && each.promotion.coupon !== params.coupon) return false
        if (params.customer !== undefined && each.customer !== params.customer) return false
        return isCreatedWithin(each.created, params.created)
      })
      return pageOf(items, params, '/v1/promotion_codes', 'promotion code')
    },
  }),
  operation({
    name: 'promotion_codes.retrieve',
    method: 'GET',
    path: '/v1/promotion_codes/:id',
    params: retrieveParams,
    run: (world, _, id) => findPromotionCode(world, id),
  }),
  operation({
    name: 'promotion_codes.update',
    method: 'POST',
    path: '/v1/promotion_codes/:id',
    params: updateParams,
    run(world, params, id) {
      const before = findPromotionCode(world, id)
      if (params.active === true && !before.active) checkReactivation(world, before)
      const more = params.restrictions?.currency_options
      const after = world.store.patch('promotion_code', id, {
        active: params.active ?? before.active,
        metadata: mergeMetadata(before.metadata, params.metadata),
        restrictions: {
          ...before.restrictions,
          ...(more ? { currency_options: { ...before.restrictions.currency_options, ...more } } : {}),
        },
      })
      emit(world, 'promotion_code.updated', after, changedFrom(before, after))
      return after
    },
  }),
]
