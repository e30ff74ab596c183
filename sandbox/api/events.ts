import type Stripe from 'stripe'
import { z } from 'zod'
import { noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { boolean, paramsOf, text } from '../http/params'
import { createdFilter, isCreatedWithin, pagination, retrieveParams } from './fields'
import { operation } from './operation'

const listParams = paramsOf<Stripe.EventListParams>()({
  ...pagination,
  created: createdFilter,
  delivery_success: boolean().optional(),
  type: text().optional(),
  types: z.array(text()).max(20).optional(),
})

const kept = 30 * 86_400

function matches(type: string, pattern: string): boolean {
  if (!pattern.includes('*')) return type === pattern
  const parts = pattern.split('*').map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(type)
}

export const eventOperations = [
  operation({
    name: 'events.list',
    method: 'GET',
    path: '/v1/events',
    params: listParams,
    run(world, params) {
      const oldest = world.clock.seconds() - kept
      const items = world.store.list('event').filter((event) => {
        if (event.created < oldest) return false
        if (params.type !== undefined && !matches(event.type, params.type)) return false
        if (params.types && !params.types.some((type) => matches(event.type, type))) return false
        if (
          params.delivery_success !== undefined &&
          params.delivery_success !== (event.pending_webhooks === 0)
        ) {
          return false
        }
        return isCreatedWithin(event.created, params.created)
      })
      return pageOf(items, params, '/v1/events', 'event')
    },
  }),
  operation({
    name: 'events.retrieve',
    method: 'GET',
    path: '/v1/events/:id',
    params: retrieveParams,
    run(world, _, id) {
      const event = world.store.get('event', id)
      if (!event) throw noSuch('event', id)
      return event
    },
  }),
]
