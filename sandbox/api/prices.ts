import type Stripe from 'stripe'
import { z } from 'zod'
import { changedFrom, emit } from '../events'
import { invalidRequest, noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import {
  boolean,
  choice,
  currency,
  decimal,
  emptyable,
  integer,
  metadata,
  objectOf,
  paramsOf,
  text,
} from '../http/params'
import { newId } from '../ids'
import { isCurrency, smallestStep } from '../payments/currencies'
import type { Records } from '../state/records'
import type { World } from '../world'
import { createdFilter, given, isCreatedWithin, mergeMetadata, pagination, retrieveParams } from './fields'
import { operation } from './operation'
import {
  type CurrencyOptionsInput,
  currencyOptions,
  currencyOptionsOf,
  unitAmounts,
} from './price-currencies'
import { createProduct, findProduct } from './products'

type Create = Stripe.PriceCreateParams
type Price = Records['price']

const taxBehavior = choice<Create['tax_behavior']>()('exclusive', 'inclusive', 'unspecified').optional()

const createParams = paramsOf<Create>()(
  {
    currency: currency(),
    active: boolean().optional(),
    billing_scheme: choice<Create['billing_scheme']>()('per_unit').optional(),
    currency_options: currencyOptions.optional(),
    custom_unit_amount: objectOf<Stripe.PriceCreateParams.CustomUnitAmount>()({
      enabled: boolean(),
      maximum: integer(1).optional(),
      minimum: integer(1).optional(),
      preset: integer(1).optional(),
    }).optional(),
    lookup_key: text(200).optional(),
    metadata: metadata().optional(),
    nickname: text().optional(),
    product: text().optional(),
    product_data: objectOf<Stripe.PriceCreateParams.ProductData>()({
      name: text(),
      active: boolean().optional(),
      id: text().optional(),
      metadata: metadata().optional(),
      statement_descriptor: text(22).optional(),
      tax_code: text().optional(),
      unit_label: text(12).optional(),
    }).optional(),
    recurring: objectOf<Stripe.PriceCreateParams.Recurring>()({
      interval: choice<Stripe.PriceCreateParams.Recurring['interval']>()('day', 'week', 'month', 'year'),
      interval_count: integer(1).optional(),
      usage_type: choice<Stripe.PriceCreateParams.Recurring['usage_type']>()('licensed').optional(),
    }).optional(),
    tax_behavior: taxBehavior,
    transfer_lookup_key: boolean().optional(),
    unit_amount: integer(0).optional(),
    unit_amount_decimal: decimal().optional(),
  },
  ['tiers', 'tiers_mode', 'transform_quantity'],
)

const updateParams = paramsOf<Stripe.PriceUpdateParams>()({
  active: boolean().optional(),
  currency_options: emptyable(currencyOptions).optional(),
  lookup_key: text(200).optional(),
  metadata: emptyable(metadata()).optional(),
  nickname: text().optional(),
  tax_behavior: taxBehavior,
  transfer_lookup_key: boolean().optional(),
})

const listParams = paramsOf<Stripe.PriceListParams>()(
  {
    ...pagination,
    active: boolean().optional(),
    created: createdFilter,
    currency: currency().optional(),
    lookup_keys: z.array(text()).max(10).optional(),
    product: text().optional(),
    type: choice<Stripe.PriceListParams['type']>()('one_time', 'recurring').optional(),
  },
  ['recurring'],
)

export type PriceFields = {
  currency: string
  unit_amount?: number
  unit_amount_decimal?: string
  currency_options?: CurrencyOptionsInput
  custom_unit_amount?: { enabled: boolean; maximum?: number; minimum?: number; preset?: number }
  recurring?: { interval: string; interval_count?: number }
  tax_behavior?: Price['tax_behavior']
  active?: boolean
  lookup_key?: string
  metadata?: Record<string, string>
  nickname?: string
}

const longest: Record<string, number> = { day: 1095, week: 156, month: 36, year: 3 }

function checkAmount(fields: PriceFields, param: (name: string) => string): void {
  if (!isCurrency(fields.currency)) {
    throw invalidRequest(`Invalid currency: ${fields.currency}.`, { param: param('currency') })
  }
  const ways = ['unit_amount', 'unit_amount_decimal', 'custom_unit_amount'] as const
  const present = ways.filter((way) => fields[way] !== undefined)
  if (present.length === 0) {
    const message =
      'Prices require an `unit_amount`, `unit_amount_decimal` or `custom_unit_amount` to be set.'
    throw invalidRequest(message, { code: 'parameter_missing', param: param('unit_amount') })
  }
  if (present.length > 1) {
    throw invalidRequest(`You may only specify one of these parameters: ${present.join(', ')}.`)
  }
  const step = smallestStep(fields.currency)
  if ((fields.unit_amount ?? 0) % step !== 0) {
    const message = `Invalid amount: ${fields.unit_amount} is not a multiple of ${step}, which ${fields.currency} requires.`
    throw invalidRequest(message, { code: 'parameter_invalid_integer', param: param('unit_amount') })
  }
  const { recurring } = fields
  if (recurring && (recurring.interval_count ?? 1) > (longest[recurring.interval] ?? 0)) {
    const message = 'The billing interval must be at most three years.'
    throw invalidRequest(message, { param: param('recurring[interval_count]') })
  }
}

/** Stores a price; `param` names its fields in messages (they differ inside `price_data`). */
export function createPrice(
  world: World,
  product: string,
  fields: PriceFields,
  param: (name: string) => string = (name) => name,
): Price {
  checkAmount(fields, param)
  const { recurring, custom_unit_amount: custom } = fields
  const options = fields.currency_options && currencyOptionsOf(fields.currency_options)
  return world.store.put('price', {
    id: newId('price_'),
    object: 'price',
    active: fields.active ?? true,
    billing_scheme: 'per_unit',
    created: world.clock.seconds(),
    currency: fields.currency,
    custom_unit_amount: custom?.enabled
      ? { maximum: custom.maximum ?? null, minimum: custom.minimum ?? null, preset: custom.preset ?? null }
      : null,
    livemode: false,
    lookup_key: fields.lookup_key ?? null,
    metadata: mergeMetadata({}, fields.metadata),
    nickname: fields.nickname ?? null,
    product,
    recurring: recurring
      ? {
          interval: recurring.interval,
          interval_count: recurring.interval_count ?? 1,
          meter: null,
          trial_period_days: null,
          usage_type: 'licensed',
        }
      : null,
    tax_behavior: fields.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: recurring ? 'recurring' : 'one_time',
    ...unitAmounts(fields),
    ...(options ? { currency_options: options } : {}),
  })
}

export function findPrice(world: World, id: string, param = 'id', status = 404): Price {
  const price = world.store.get('price', id)
  if (!price) throw noSuch('price', id, param, status)
  return price
}

function claimLookupKey(world: World, key: string | undefined, transfer: boolean, self?: string): void {
  if (key === undefined) return
  const holder = world.store.list('price').find((price) => price.lookup_key === key && price.id !== self)
  if (!holder) return
  if (!transfer) {
    const message = `A price (\`${holder.id}\`) already uses that lookup key.`
    throw invalidRequest(message, { param: 'lookup_key' })
  }
  world.store.patch('price', holder.id, { lookup_key: null })
}

export const priceOperations = [
  operation({
    name: 'prices.create',
    method: 'POST',
    path: '/v1/prices',
    params: createParams,
    run(world, { expand: _, product, product_data: data, transfer_lookup_key: transfer, ...fields }) {
      if ((product === undefined) === (data === undefined)) {
        const message = 'You must specify either `product` or `product_data` when creating a price.'
        throw invalidRequest(message, { code: 'parameter_missing', param: 'product' })
      }
      claimLookupKey(world, fields.lookup_key, transfer ?? false)
      const owner = data
        ? createProduct(world, given(data) as { name: string })
        : findProduct(world, product ?? '', 'product', 400)
      const price = createPrice(world, owner.id, given(fields) as PriceFields)
      emit(world, 'price.created', price)
      return price
    },
  }),
  operation({
    name: 'prices.list',
    method: 'GET',
    path: '/v1/prices',
    params: listParams,
    run(world, params) {
      const items = world.store.list('price').filter((price) => {
        if (params.active !== undefined && price.active !== params.active) return false
        if (params.currency !== undefined && price.currency !== params.currency) return false
        if (params.product !== undefined && price.product !== params.product) return false
        if (params.type !== undefined && price.type !== params.type) return false
        if (params.lookup_keys && !params.lookup_keys.includes(price.lookup_key ?? '')) return false
        return isCreatedWithin(price.created, params.created)
      })
      return pageOf(items, params, '/v1/prices', 'price')
    },
  }),
  operation({
    name: 'prices.retrieve',
    method: 'GET',
    path: '/v1/prices/:id',
    params: retrieveParams,
    run: (world, _, id) => findPrice(world, id),
  }),
  operation({
    name: 'prices.update',
    method: 'POST',
    path: '/v1/prices/:id',
    params: updateParams,
    run(
      world,
      { expand: _, metadata: change, transfer_lookup_key: transfer, currency_options, ...fields },
      id,
    ) {
      const before = findPrice(world, id)
      const options = currency_options && currencyOptionsOf(currency_options)
      claimLookupKey(world, fields.lookup_key, transfer ?? false, id)
      const after = world.store.patch('price', id, {
        ...given(fields),
        ...(currency_options === '' ? { currency_options: {} } : {}),
        ...(options ? { currency_options: { ...before.currency_options, ...options } } : {}),
        metadata: mergeMetadata(before.metadata, change),
      })
      emit(world, 'price.updated', after, changedFrom(before, after))
      return after
    },
  }),
]
