import type Stripe from 'stripe'
import { noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { paramsOf, text } from '../http/params'
import type { Kind, Records } from '../state/records'
import type { World } from '../world'
import { createdFilter, isCreatedWithin, pagination, retrieveParams } from './fields'
import { operation } from './operation'

const chargeParams = paramsOf<Stripe.ChargeListParams>()(
  { ...pagination, created: createdFilter, customer: text().optional(), payment_intent: text().optional() },
  ['transfer_group'],
)

const disputeParams = paramsOf<Stripe.DisputeListParams>()({
  ...pagination,
  charge: text().optional(),
  created: createdFilter,
  payment_intent: text().optional(),
})

function find<K extends Kind>(world: World, kind: K, id: string): Records[K] {
  const found = world.store.get(kind, id)
  if (!found) throw noSuch(kind, id)
  return found
}

/** Resources the sandbox makes itself and only shows. */
export const readOnlyOperations = [
  operation({
    name: 'charges.list',
    method: 'GET',
    path: '/v1/charges',
    params: chargeParams,
    run(world, params) {
      const items = world.store.list('charge').filter((charge) => {
        if (params.customer !== undefined && charge.customer !== params.customer) return false
        if (params.payment_intent !== undefined && charge.payment_intent !== params.payment_intent)
          return false
        return isCreatedWithin(charge.created, params.created)
      })
      return pageOf(items, params, '/v1/charges', 'charge')
    },
  }),
  operation({
    name: 'charges.retrieve',
    method: 'GET',
    path: '/v1/charges/:id',
    params: retrieveParams,
    run: (world, _, id) => find(world, 'charge', id),
  }),
  operation({
    name: 'disputes.list',
    method: 'GET',
    path: '/v1/disputes',
    params: disputeParams,
    run(world, params) {
      const items = world.store.list('dispute').filter((dispute) => {
        if (params.charge !== undefined && dispute.charge !== params.charge) return false
        if (params.payment_intent !== undefined && dispute.payment_intent !== params.payment_intent)
          return false
        return isCreatedWithin(dispute.created, params.created)
      })
      return pageOf(items, params, '/v1/disputes', 'dispute')
    },
  }),
  operation({
    name: 'disputes.retrieve',
    method: 'GET',
    path: '/v1/disputes/:id',
    params: retrieveParams,
    run: (world, _, id) => find(world, 'dispute', id),
  }),
]
