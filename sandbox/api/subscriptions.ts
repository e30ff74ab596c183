import type Stripe from 'stripe'
import { pageOf } from '../http/page'
import { boolean, choice, emptyable, metadata, paramsOf, text } from '../http/params'
import { findPaymentMethod } from '../payments/payment-method'
import { cancelSubscription, changeSubscription, findSubscription } from '../payments/renewal'
import {
  createdFilter,
  emptyableText,
  isCreatedWithin,
  mergeMetadata,
  pagination,
  retrieveParams,
  unset,
} from './fields'
import { operation } from './operation'

type List = Stripe.SubscriptionListParams
type Update = Stripe.SubscriptionUpdateParams

const listParams = paramsOf<
  Pick<
    List,
    'limit' | 'starting_after' | 'ending_before' | 'expand' | 'customer' | 'created' | 'status' | 'price'
  >
>()({
  ...pagination,
  created: createdFilter,
  customer: text().optional(),
  price: text().optional(),
  status: choice<List['status']>()(
    'active',
    'all',
    'canceled',
    'past_due',
    'paused',
    'trialing',
    'unpaid',
  ).optional(),
})

const updateParams = paramsOf<
  Pick<Update, 'cancel_at_period_end' | 'default_payment_method' | 'description' | 'expand' | 'metadata'>
>()({
  cancel_at_period_end: boolean().optional(),
  default_payment_method: text().optional(),
  description: emptyableText(500),
  metadata: emptyable(metadata()).optional(),
})

/** Subscriptions begin with a checkout session; here they are shown, changed and ended. */
export const subscriptionOperations = [
  operation({
    name: 'subscriptions.list',
    method: 'GET',
    path: '/v1/subscriptions',
    params: listParams,
    run(world, params) {
      const items = world.store.list('subscription').filter((each) => {
        if (params.customer !== undefined && each.customer !== params.customer) return false
        if (params.price !== undefined && !each.items.data.some(({ price }) => price.id === params.price))
          return false
        // Without a status Stripe leaves out what has ended.
        const { status = 'running' } = params
        const fits = status === 'running' ? each.status !== 'canceled' : each.status === status
        return (status === 'all' || fits) && isCreatedWithin(each.created, params.created)
      })
      return pageOf(items, params, '/v1/subscriptions', 'subscription')
    },
  }),
  operation({
    name: 'subscriptions.retrieve',
    method: 'GET',
    path: '/v1/subscriptions/:id',
    params: retrieveParams,
    run: (world, _, id) => findSubscription(world, id),
  }),
  operation({
    name: 'subscriptions.update',
    method: 'POST',
    path: '/v1/subscriptions/:id',
    params: updateParams,
    run(world, params, id) {
      const before = findSubscription(world, id)
      const { cancel_at_period_end: ends, default_payment_method: method, description } = params
      const now = world.clock.seconds()
      const end = before.items.data[0]?.current_period_end ?? now
      return changeSubscription(world, id, {
        metadata: mergeMetadata(before.metadata, params.metadata),
        ...(description === undefined ? {} : { description: unset(description) }),
        ...(method === undefined ? {} : { default_payment_method: findPaymentMethod(world, method).id }),
        ...(ends === undefined
          ? {}
          : {
              cancel_at_period_end: ends,
              cancel_at: ends ? end : null,
              canceled_at: ends ? now : null,
            }),
      })
    },
  }),
  operation({
    name: 'subscriptions.cancel',
    method: 'DELETE',
    path: '/v1/subscriptions/:id',
    params: retrieveParams,
    run: (world, _, id) => cancelSubscription(world, id),
  }),
]
