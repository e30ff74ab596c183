import type Stripe from 'stripe'
import { changedFrom, emit } from '../events'
import { invalidRequest, noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { choice, emptyable, integer, metadata, paramsOf, text } from '../http/params'
import { refundCharge } from '../payments/refunds'
import type { World } from '../world'
import { createdFilter, isCreatedWithin, mergeMetadata, pagination, retrieveParams } from './fields'
import { operation } from './operation'
import { findIntent } from './payment-intents'

const createParams = paramsOf<Stripe.RefundCreateParams>()(
  {
    amount: integer(1).optional(),
    charge: text().optional(),
    metadata: emptyable(metadata()).optional(),
    payment_intent: text().optional(),
    reason: choice<Stripe.RefundCreateParams['reason']>()(
      'duplicate',
      'fraudulent',
      'requested_by_customer',
    ).optional(),
  },
  ['currency', 'customer', 'instructions_email', 'origin', 'refund_application_fee', 'reverse_transfer'],
)

const updateParams = paramsOf<Stripe.RefundUpdateParams>()({ metadata: emptyable(metadata()).optional() })

const listParams = paramsOf<Stripe.RefundListParams>()({
  ...pagination,
  charge: text().optional(),
  created: createdFilter,
  payment_intent: text().optional(),
})

function chargeOf(world: World, charge: string | undefined, intent: string | undefined): string {
  if (intent !== undefined) {
    const found = findIntent(world, intent, 'payment_intent', 400)
    if (found.status !== 'succeeded' || found.latest_charge === null) {
      const message = `This PaymentIntent (${intent}) does not have a successful charge to refund.`
      throw invalidRequest(message, { param: 'payment_intent' })
    }
    return found.latest_charge as string
  }
  if (charge === undefined) {
    const message =
      'One of the following params should be provided for this request: payment_intent or charge.'
    throw invalidRequest(message, { code: 'parameter_missing', param: 'payment_intent' })
  }
  if (!world.store.get('charge', charge)) throw noSuch('charge', charge, 'charge', 400)
  return charge
}

function findRefund(world: World, id: string) {
  const refund = world.store.get('refund', id)
  if (!refund) throw noSuch('refund', id)
  return refund
}

export const refundOperations = [
  operation({
    name: 'refunds.create',
    method: 'POST',
    path: '/v1/refunds',
    params: createParams,
    run(world, params) {
      const charge = chargeOf(world, params.charge, params.payment_intent)
      const { amount, reason } = params
      return refundCharge(world, charge, { amount, reason, metadata: mergeMetadata({}, params.metadata) })
    },
  }),
  operation({
    name: 'refunds.list',
    method: 'GET',
    path: '/v1/refunds',
    params: listParams,
    run(world, params) {
      const items = world.store.list('refund').filter((refund) => {
        if (params.charge !== undefined && refund.charge !== params.charge) return false
        if (params.payment_intent !== undefined && refund.payment_intent !== params.payment_intent)
          return false
        return isCreatedWithin(refund.created, params.created)
      })
      return pageOf(items, params, '/v1/refunds', 'refund')
    },
  }),
  operation({
    name: 'refunds.retrieve',
    method: 'GET',
    path: '/v1/refunds/:id',
    params: retrieveParams,
    run: (world, _, id) => findRefund(world, id),
  }),
  operation({
    name: 'refunds.update',
    method: 'POST',
    path: '/v1/refunds/:id',
    params: updateParams,
    run(world, params, id) {
      const before = findRefund(world, id)
      const after = world.store.patch('refund', id, {
        metadata: mergeMetadata(before.metadata, params.metadata),
      })
      emit(world, 'refund.updated', after, changedFrom(before, after))
      return after
    },
  }),
]
