import type Stripe from 'stripe'
import { changedFrom, emit } from '../events'
import { noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { boolean, choice, emptyable, metadata, paramsOf, percent, text } from '../http/params'
import { newId } from '../ids'
import { automaticRates } from '../payments/taxes'
import type { Records } from '../state/records'
import type { World } from '../world'
import { createdFilter, given, isCreatedWithin, mergeMetadata, pagination, retrieveParams } from './fields'
import { operation } from './operation'

type TaxRate = Records['tax_rate']

const taxType = choice<Stripe.TaxRateCreateParams['tax_type']>()(
  ...(['admissions_tax', 'amusement_tax', 'attendance_tax', 'communications_tax'] as const),
  ...(['digital_excise_tax', 'entertainment_tax', 'get_fund', 'gross_receipts_tax', 'gst'] as const),
  ...([
    'hospitality_tax',
    'hst',
    'igst',
    'jct',
    'lease_tax',
    'luxury_tax',
    'mass_transit_parking_tax',
  ] as const),
  ...(['nhil', 'parking_tax', 'pst', 'qst', 'resort_tax', 'retail_delivery_fee', 'rst'] as const),
  ...(['sales_tax', 'service_tax', 'tourism_tax', 'utility_users_tax', 'vat'] as const),
)

const labels = {
  active: boolean().optional(),
  country: text(2).optional(),
  description: text().optional(),
  jurisdiction: text(50).optional(),
  state: text().optional(),
  tax_type: taxType.optional(),
}

const createParams = paramsOf<Stripe.TaxRateCreateParams>()({
  ...labels,
  display_name: text(50),
  inclusive: boolean(),
  metadata: metadata().optional(),
  percentage: percent(0),
})

const updateParams = paramsOf<Stripe.TaxRateUpdateParams>()({
  ...labels,
  display_name: text(50).optional(),
  metadata: emptyable(metadata()).optional(),
})

const listParams = paramsOf<Stripe.TaxRateListParams>()({
  ...pagination,
  active: boolean().optional(),
  created: createdFilter,
  inclusive: boolean().optional(),
})

export function findTaxRate(world: World, id: string, param = 'tax_rate', status = 404): TaxRate {
  const rate = world.store.get('tax_rate', id)
  if (!rate) throw noSuch('tax rate', id, param, status)
  return rate
}

/** Tax rates of the merchant's own; what a rate amounts to is fixed, and none is ever deleted. */
export const taxRateOperations = [
  operation({
    name: 'tax_rates.create',
    method: 'POST',
    path: '/v1/tax_rates',
    params: createParams,
    run(world, params) {
      const rate = world.store.put('tax_rate', {
        id: newId('txr_'),
        object: 'tax_rate',
        active: params.active ?? true,
        country: params.country ?? null,
        created: world.clock.seconds(),
        description: params.description ?? null,
        display_name: params.display_name,
        effective_percentage: params.percentage,
        flat_amount: null,
        inclusive: params.inclusive,
        jurisdiction: params.jurisdiction ?? null,
        jurisdiction_level: null,
        livemode: false,
        metadata: mergeMetadata({}, params.metadata),
        percentage: params.percentage,
        rate_type: null,
        state: params.state ?? null,
        tax_type: params.tax_type ?? null,
      })
      emit(world, 'tax_rate.created', rate)
      return rate
    },
  }),
  operation({
    name: 'tax_rates.list',
    method: 'GET',
    path: '/v1/tax_rates',
    params: listParams,
    run(world, params) {
      const items = world.store.list('tax_rate').filter((rate) => {
        if (params.active !== undefined && rate.active !== params.active) return false
        if (params.inclusive !== undefined && rate.inclusive !== params.inclusive) return false
        return isCreatedWithin(rate.created, params.created)
      })
      return pageOf(items, params, '/v1/tax_rates', 'tax rate')
    },
  }),
  operation({
    name: 'tax_rates.retrieve',
    method: 'GET',
    path: '/v1/tax_rates/:id',
    params: retrieveParams,
    run: (world, _, id) => automaticRates.find((rate) => rate.id === id) ?? findTaxRate(world, id),
  }),
  operation({
    name: 'tax_rates.update',
    method: 'POST',
    path: '/v1/tax_rates/:id',
    params: updateParams,
    run(world, { expand: _, metadata: change, ...fields }, id) {
      const before = findTaxRate(world, id)
      const after = world.store.patch('tax_rate', id, {
        ...given(fields),
        metadata: mergeMetadata(before.metadata, change),
      })
      emit(world, 'tax_rate.updated', after, changedFrom(before, after))
      return after
    },
  }),
]
