import type Stripe from 'stripe'
import { invalidRequest, noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { boolean, choice, emptyable, metadata, objectOf, paramsOf, text, url } from '../http/params'
import { findPaymentMethod, goesToBank } from '../payments/payment-method'
import { cancelSetup, createSetup, type Setup } from '../payments/setup'
import { confirmSetupIntent } from '../payments/standalone'
import type { World } from '../world'
import { findCustomer } from './customers'
import { createdFilter, isCreatedWithin, mergeMetadata, pagination, retrieveParams } from './fields'
import { operation } from './operation'

type Create = Stripe.SetupIntentCreateParams

const createParams = paramsOf<
  Pick<
    Create,
    | 'automatic_payment_methods'
    | 'confirm'
    | 'customer'
    | 'description'
    | 'expand'
    | 'metadata'
    | 'payment_method'
    | 'return_url'
    | 'usage'
  >
>()({
  automatic_payment_methods: objectOf<Stripe.SetupIntentCreateParams.AutomaticPaymentMethods>()({
    enabled: boolean(),
    allow_redirects: choice<Stripe.SetupIntentCreateParams.AutomaticPaymentMethods['allow_redirects']>()(
      'always',
      'never',
    ).optional(),
  }).optional(),
  confirm: boolean().optional(),
  customer: text().optional(),
  description: text(1000).optional(),
  metadata: metadata().optional(),
  payment_method: text().optional(),
  return_url: url().optional(),
  usage: choice<Create['usage']>()('off_session', 'on_session').optional(),
})

const updateParams = paramsOf<
  Pick<Stripe.SetupIntentUpdateParams, 'customer' | 'description' | 'expand' | 'metadata' | 'payment_method'>
>()({
  customer: text().optional(),
  description: text(1000).optional(),
  metadata: emptyable(metadata()).optional(),
  payment_method: text().optional(),
})

const confirmParams = paramsOf<
  Pick<Stripe.SetupIntentConfirmParams, 'expand' | 'payment_method' | 'return_url'>
>()({ payment_method: text().optional(), return_url: url().optional() })

const cancelParams = paramsOf<Stripe.SetupIntentCancelParams>()({
  cancellation_reason: choice<Stripe.SetupIntentCancelParams['cancellation_reason']>()(
    'abandoned',
    'duplicate',
    'requested_by_customer',
  ).optional(),
})

const listParams = paramsOf<Stripe.SetupIntentListParams>()(
  {
    ...pagination,
    created: createdFilter,
    customer: text().optional(),
    payment_method: text().optional(),
  },
  ['attach_to_self', 'customer_account'],
)

const offered = ['card', 'sepa_debit', 'bancontact', 'ideal']

export function findSetup(world: World, id: string): Setup {
  const setup = world.store.get('setup_intent', id)
  if (!setup) throw noSuch('setupintent', id, 'intent')
  return setup
}

const unexpected = (message: string) => invalidRequest(message, { code: 'setup_intent_unexpected_state' })

function refuseOfSession(world: World, id: string, verb: string): void {
  if (world.store.need('setup_intent_state', id).session === null) return
  throw unexpected(`You cannot ${verb} this SetupIntent because it was created by a Checkout Session.`)
}

export const setupIntentOperations = [
  operation({
    name: 'setup_intents.create',
    method: 'POST',
    path: '/v1/setup_intents',
    params: createParams,
    check({ confirm, return_url }) {
      if (confirm || return_url === undefined) return
      const message = '`return_url` can only be used with `confirm` set to true.'
      throw invalidRequest(message, { param: 'return_url' })
    },
    run(world, params) {
      const { customer, description, usage } = params
      if (customer !== undefined) findCustomer(world, customer, 'customer', 400)
      const method =
        params.payment_method === undefined ? undefined : findPaymentMethod(world, params.payment_method).id
      const redirects = params.automatic_payment_methods?.allow_redirects !== 'never'
      const setup = createSetup(
        world,
        {
          payment_method_types: offered.filter((type) => redirects || !goesToBank(type)),
          customer: customer ?? null,
          description: description ?? null,
          metadata: mergeMetadata({}, params.metadata),
          ...(usage ? { usage } : {}),
        },
        null,
      )
      if (params.confirm) return confirmSetupIntent(world, setup.id, { ...params, payment_method: method })
      if (method === undefined) return setup
      const change = { payment_method: method, status: 'requires_confirmation' as const }
      return world.store.patch('setup_intent', setup.id, change)
    },
  }),
  operation({
    name: 'setup_intents.list',
    method: 'GET',
    path: '/v1/setup_intents',
    params: listParams,
    run(world, params) {
      const items = world.store.list('setup_intent').filter((setup) => {
        if (params.customer !== undefined && setup.customer !== params.customer) return false
        if (params.payment_method !== undefined && setup.payment_method !== params.payment_method)
          return false
        return isCreatedWithin(setup.created, params.created)
      })
      return pageOf(items, params, '/v1/setup_intents', 'setupintent')
    },
  }),
  operation({
    name: 'setup_intents.retrieve',
    method: 'GET',
    path: '/v1/setup_intents/:id',
    params: retrieveParams,
    run: (world, _, id) => findSetup(world, id),
  }),
  operation({
    name: 'setup_intents.update',
    method: 'POST',
    path: '/v1/setup_intents/:id',
    params: updateParams,
    run(world, params, id) {
      const before = findSetup(world, id)
      const { customer, description, payment_method } = params
      return world.store.patch('setup_intent', id, {
        metadata: mergeMetadata(before.metadata, params.metadata),
        ...(customer === undefined ? {} : { customer: findCustomer(world, customer, 'customer', 400).id }),
        ...(description === undefined ? {} : { description }),
        ...(payment_method === undefined
          ? {}
          : {
              payment_method: findPaymentMethod(world, payment_method).id,
              status: 'requires_confirmation' as const,
            }),
      })
    },
  }),
  operation({
    name: 'setup_intents.confirm',
    method: 'POST',
    path: '/v1/setup_intents/:id/confirm',
    params: confirmParams,
    run(world, params, id) {
      findSetup(world, id)
      refuseOfSession(world, id, 'confirm')
      return confirmSetupIntent(world, id, params)
    },
  }),
  operation({
    name: 'setup_intents.cancel',
    method: 'POST',
    path: '/v1/setup_intents/:id/cancel',
    params: cancelParams,
    run(world, params, id) {
      const { status } = findSetup(world, id)
      refuseOfSession(world, id, 'cancel')
      if (status === 'succeeded' || status === 'canceled') {
        throw unexpected(`You cannot cancel this SetupIntent because it has a status of ${status}.`)
      }
      return cancelSetup(world, id, params.cancellation_reason ?? null)
    },
  }),
]
