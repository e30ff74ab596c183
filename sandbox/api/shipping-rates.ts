import { invalidRequest, noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { newId } from '../ids'
import { isCurrency, smallestStep } from '../payments/currencies'
import type { Records } from '../state/records'
import type { World } from '../world'
import { given, isCreatedWithin, mergeMetadata, retrieveParams } from './fields'
import { operation } from './operation'
import { createParams, listParams, type ShippingRateInput, updateParams } from './shipping-rate-params'

type ShippingRate = Records['shipping_rate']
type Options = NonNullable<ShippingRate['fixed_amount']>['currency_options']

function checkAmount(amount: number, currency: string, param: string): void {
  if (!isCurrency(currency)) throw invalidRequest(`Invalid currency: ${currency}.`, { param })
  if (amount % smallestStep(currency) === 0) return
  throw invalidRequest(`Invalid amount: ${amount} is not a multiple of ${smallestStep(currency)}.`, { param })
}

type GivenOptions = NonNullable<ShippingRateInput['fixed_amount']>['currency_options']

function optionsOf(given: GivenOptions, param: (name: string) => string): Options {
  const entries = Object.entries(given ?? {}).map(([currency, { amount, tax_behavior = 'unspecified' }]) => {
    checkAmount(amount, currency, param(`fixed_amount][currency_options][${currency}`))
    return [currency, { amount, tax_behavior }] as const
  })
  return Object.fromEntries(entries)
}

/** Stores a shipping rate; `param` names its fields in messages (they differ inside `shipping_rate_data`). */
export function createShippingRate(
  world: World,
  input: ShippingRateInput,
  param: (name: string) => string = (name) => name,
): ShippingRate {
  const { fixed_amount: fixed, delivery_estimate: estimate } = input
  if (!fixed) {
    const details = { code: 'parameter_missing', param: param('fixed_amount') }
    throw invalidRequest('`fixed_amount` is required when `type` is `fixed_amount`.', details)
  }
  checkAmount(fixed.amount, fixed.currency, param('fixed_amount'))
  return world.store.put('shipping_rate', {
    id: newId('shr_'),
    object: 'shipping_rate',
    active: true,
    created: world.clock.seconds(),
    delivery_estimate: estimate
      ? { maximum: estimate.maximum ?? null, minimum: estimate.minimum ?? null }
      : null,
    display_name: input.display_name,
    fixed_amount: {
      amount: fixed.amount,
      currency: fixed.currency,
      ...(fixed.currency_options ? { currency_options: optionsOf(fixed.currency_options, param) } : {}),
    },
    livemode: false,
    metadata: mergeMetadata({}, input.metadata),
    tax_behavior: input.tax_behavior ?? 'unspecified',
    tax_code: input.tax_code ?? null,
    type: 'fixed_amount',
  } as ShippingRate)
}

export function findShippingRate(world: World, id: string, param = 'id', status = 404): ShippingRate {
  const rate = world.store.get('shipping_rate', id)
  if (!rate) throw noSuch('shipping rate', id, param, status)
  return rate
}

export const shippingRateOperations = [
  operation({
    name: 'shipping_rates.create',
    method: 'POST',
    path: '/v1/shipping_rates',
    params: createParams,
    run: (world, input) => createShippingRate(world, input),
  }),
  operation({
    name: 'shipping_rates.list',
    method: 'GET',
    path: '/v1/shipping_rates',
    params: listParams,
    run(world, params) {
      const items = world.store.list('shipping_rate').filter((rate) => {
        if (params.active !== undefined && rate.active !== params.active) return false
        if (params.currency !== undefined && rate.fixed_amount?.currency !== params.currency) return false
        return isCreatedWithin(rate.created, params.created)
      })
      return pageOf(items, params, '/v1/shipping_rates', 'shipping rate')
    },
  }),
  operation({
    name: 'shipping_rates.retrieve',
    method: 'GET',
    path: '/v1/shipping_rates/:id',
    params: retrieveParams,
    run: (world, _, id) => findShippingRate(world, id),
  }),
  operation({
    name: 'shipping_rates.update',
    method: 'POST',
    path: '/v1/shipping_rates/:id',
    params: updateParams,
    run(world, { expand: _, fixed_amount: fixed, metadata: change, ...fields }, id) {
      const before = findShippingRate(world, id)
      const own = before.fixed_amount
      const more = optionsOf(fixed?.currency_options, (name) => name)
      if (own && more?.[own.currency]) {
        const message = `The amount in ${own.currency} cannot be changed: make another shipping rate.`
        throw invalidRequest(message, { param: `fixed_amount[currency_options][${own.currency}]` })
      }
      return world.store.patch('shipping_rate', id, {
        ...given(fields),
        ...(own && fixed
          ? { fixed_amount: { ...own, currency_options: { ...own.currency_options, ...more } } }
          : {}),
        metadata: mergeMetadata(before.metadata, change),
      } as Partial<ShippingRate>)
    },
  }),
]
