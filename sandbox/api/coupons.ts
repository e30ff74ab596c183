import type Stripe from 'stripe'
import { z } from 'zod'
import { changedFrom, emit } from '../events'
import { invalidRequest, noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import {
  choice,
  currency,
  currencyMap,
  emptyable,
  integer,
  metadata,
  objectOf,
  paramsOf,
  percent,
  text,
} from '../http/params'
import { randomText } from '../ids'
import { isCurrency, smallestStep } from '../payments/currencies'
import { endCoupon } from '../payments/promotions'
import { addTask } from '../payments/tasks'
import type { Records } from '../state/records'
import type { World } from '../world'
import { createdFilter, given, isCreatedWithin, mergeMetadata, pagination, retrieveParams } from './fields'
import { operation } from './operation'
import { findProduct } from './products'

type Coupon = Records['coupon']

const amounts = () =>
  currencyMap(objectOf<Stripe.CouponCreateParams.CurrencyOptions>()({ amount_off: integer(1) }))

const createParams = paramsOf<Stripe.CouponCreateParams>()({
  amount_off: integer(1).optional(),
  applies_to: objectOf<Stripe.CouponCreateParams.AppliesTo>()({
    products: z.array(text()).min(1).optional(),
  }).optional(),
  currency: currency().optional(),
  currency_options: amounts().optional(),
  duration: choice<Stripe.CouponCreateParams['duration']>()('forever', 'once', 'repeating').optional(),
  duration_in_months: integer(1).optional(),
  id: text(200).optional(),
  max_redemptions: integer(1).optional(),
  metadata: emptyable(metadata()).optional(),
  name: text(40).optional(),
  percent_off: percent().optional(),
  redeem_by: integer().optional(),
})

const updateParams = paramsOf<Stripe.CouponUpdateParams>()({
  currency_options: amounts().optional(),
  metadata: emptyable(metadata()).optional(),
  name: text(40).optional(),
})

const listParams = paramsOf<Stripe.CouponListParams>()({ ...pagination, created: createdFilter })

type Create = z.output<(typeof createParams)['schema']>

function checkAmount(params: Create): void {
  const { amount_off: amount, percent_off: share, currency: unit, currency_options: others } = params
  if ((amount === undefined) === (share === undefined)) {
    throw invalidRequest('You must pass exactly one of `percent_off` or `amount_off`.', {
      param: 'percent_off',
    })
  }
  if (amount === undefined) {
    if (others) {
      throw invalidRequest('`currency_options` needs `amount_off`.', { param: 'currency_options' })
    }
    return
  }
  if (unit === undefined) {
    const details = { code: 'parameter_missing', param: 'currency' }
    throw invalidRequest('You must pass `currency` when passing `amount_off`.', details)
  }
  const all: [string, number, string][] = [[unit, amount, 'amount_off']]
  for (const [code, option] of Object.entries(others ?? {})) {
    all.push([code, option.amount_off, `currency_options[${code}][amount_off]`])
  }
  for (const [code, off, param] of all) {
    if (!isCurrency(code)) throw invalidRequest(`Invalid currency: ${code}.`, { param: 'currency' })
    if (off % smallestStep(code) === 0) continue
    throw invalidRequest(`Invalid amount: ${off} is not a multiple of ${smallestStep(code)}.`, { param })
  }
}

function checkCreate(params: Create): void {
  checkAmount(params)
  const { duration, duration_in_months: months } = params
  if ((duration === 'repeating') !== (months !== undefined)) {
    const message =
      months === undefined
        ? 'You must pass `duration_in_months` when `duration` is `repeating`.'
        : '`duration_in_months` is for the `repeating` duration only.'
    throw invalidRequest(message, { param: 'duration_in_months' })
  }
}

function create(world: World, params: Create): Coupon {
  const { redeem_by: last = null, applies_to: applies } = params
  const now = world.clock.seconds()
  if (last !== null && (last <= now || last > now + 5 * 366 * 86_400)) {
    const message = '`redeem_by` must be in the future, and at most five years away.'
    throw invalidRequest(message, { param: 'redeem_by' })
  }
  const id = params.id ?? randomText(8)
  if (world.store.get('coupon', id)) {
    throw invalidRequest('Coupon already exists.', { code: 'resource_already_exists', param: 'id' })
  }
  applies?.products?.forEach((product, index) => {
    findProduct(world, product, `applies_to[products][${index}]`, 400)
  })
  const coupon = world.store.put('coupon', {
    id,
    object: 'coupon',
    amount_off: params.amount_off ?? null,
    ...(applies?.products ? { applies_to: { products: applies.products } } : {}),
    created: now,
    currency: params.amount_off === undefined ? null : (params.currency ?? null),
    ...(params.currency_options ? { currency_options: params.currency_options } : {}),
    duration: params.duration ?? 'once',
    duration_in_months: params.duration_in_months ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? null,
    percent_off: params.percent_off ?? null,
    redeem_by: last,
    times_redeemed: 0,
    valid: true,
  })
  if (last !== null) addTask(world, { type: 'end_coupon', subject: id, due: last * 1000, outcome: null })
  emit(world, 'coupon.created', coupon)
  return coupon
}

export function findCoupon(world: World, id: string, param = 'coupon', status = 404): Coupon {
  const coupon = world.store.get('coupon', id)
  if (!coupon) throw noSuch('coupon', id, param, status)
  return coupon
}

export const couponOperations = [
  operation({
    name: 'coupons.create',
    method: 'POST',
    path: '/v1/coupons',
    params: createParams,
    check: checkCreate,
    run: create,
  }),
  operation({
    name: 'coupons.list',
    method: 'GET',
    path: '/v1/coupons',
    params: listParams,
    run(world, params) {
      const items = world.store
        .list('coupon')
        .filter(({ created }) => isCreatedWithin(created, params.created))
      return pageOf(items, params, '/v1/coupons', 'coupon')
    },
  }),
  operation({
    name: 'coupons.retrieve',
    method: 'GET',
    path: '/v1/coupons/:id',
    params: retrieveParams,
    run: (world, _, id) => findCoupon(world, id),
  }),
  operation({
    name: 'coupons.update',
    method: 'POST',
    path: '/v1/coupons/:id',
    params: updateParams,
    run(world, { expand: _, metadata: change, currency_options: more, ...fields }, id) {
      const before = findCoupon(world, id)
      if (more && before.amount_off === null) {
        throw invalidRequest('`currency_options` needs `amount_off`.', { param: 'currency_options' })
      }
      const after = world.store.patch('coupon', id, {
        ...given(fields),
        ...(more ? { currency_options: { ...before.currency_options, ...more } } : {}),
        metadata: mergeMetadata(before.metadata, change),
      })
      emit(world, 'coupon.updated', after, changedFrom(before, after))
      return after
    },
  }),
  operation({
    name: 'coupons.delete',
    method: 'DELETE',
    path: '/v1/coupons/:id',
    params: retrieveParams,
    run(world, _, id) {
      const coupon = findCoupon(world, id)
      endCoupon(world, id)
      world.store.remove('coupon', id)
      emit(world, 'coupon.deleted', coupon)
      return { id, object: 'coupon', deleted: true }
    },
  }),
]
