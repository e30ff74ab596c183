import type Stripe from 'stripe'
import { changedFrom, emit } from '../events'
import { invalidRequest, noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { paramsOf } from '../http/params'
import { type LineItem, resolveLineItems } from '../payments/line-items'
import { resolveShipping } from '../payments/shipping'
import { reckonLines } from '../payments/totals'
import type { Records } from '../state/records'
import type { World } from '../world'
import { mergeMetadata, pagination, retrieveParams } from './fields'
import { operation } from './operation'
import { changeOf, newLink } from './payment-link-object'
import { type CreateLink, createParams, listParams, updateParams } from './payment-link-params'

type Link = Records['payment_link']

const lineItemsParams = paramsOf<Stripe.PaymentLinkListLineItemsParams>()(pagination)

function findLink(world: World, id: string): Link {
  const link = world.store.get('payment_link', id)
  if (!link) throw noSuch('payment_link', id, 'payment_link')
  return link
}

function linesOf(world: World, params: CreateLink): LineItem[] {
  const currency = params.currency ?? null
  const lines = resolveLineItems(world, params.line_items, [], { mode: 'link', currency })
  const chosen = lines.some((line) => line.price?.custom_unit_amount)
  if (chosen && (lines.length > 1 || lines[0]?.quantity !== 1)) {
    const message = 'A price with `custom_unit_amount` has to be the only line item, with a quantity of 1.'
    throw invalidRequest(message, { param: 'line_items' })
  }
  const terms = { mode: 'link', inTrial: false, taxed: false, discount: null }
  return reckonLines(lines, { ...terms, currency: lines[0]?.currency ?? 'usd' })
}

function createLink(world: World, params: CreateLink): Link {
  const lines = linesOf(world, params)
  const currency = lines[0]?.currency ?? 'usd'
  const isRecurring = lines.some((line) => line.price?.recurring)
  const mode = isRecurring ? ('subscription' as const) : ('payment' as const)
  const rates = params.shipping_options?.length
    ? resolveShipping(world, params.shipping_options, { mode, currency })
    : []
  const link = newLink(world, params, { currency, isRecurring, rates })
  world.store.put('payment_link', link)
  world.store.put('payment_link_lines', { id: link.id, lines })
  emit(world, 'payment_link.created', link)
  return link
}

/** Payment links as an import reads them; nobody can pay with one here. */
export const paymentLinkOperations = [
  operation({
    name: 'payment_links.create',
    method: 'POST',
    path: '/v1/payment_links',
    params: createParams,
    run: createLink,
  }),
  operation({
    name: 'payment_links.list',
    method: 'GET',
    path: '/v1/payment_links',
    params: listParams,
    run(world, params) {
      const items = world.store.list('payment_link').filter((link) => {
        return params.active === undefined || link.active === params.active
      })
      return pageOf(items, params, '/v1/payment_links', 'payment_link')
    },
  }),
  operation({
    name: 'payment_links.retrieve',
    method: 'GET',
    path: '/v1/payment_links/:id',
    params: retrieveParams,
    run: (world, _, id) => findLink(world, id),
  }),
  operation({
    name: 'payment_links.update',
    method: 'POST',
    path: '/v1/payment_links/:id',
    params: updateParams,
    run(world, params, id) {
      const before = findLink(world, id)
      const { name_collection: _, ...without } = before
      const after = {
        ...(params.name_collection === '' ? without : before),
        ...changeOf(before, params),
        ...(params.active === undefined ? {} : { active: params.active }),
        metadata: mergeMetadata(before.metadata, params.metadata),
      }
      emit(world, 'payment_link.updated', world.store.put('payment_link', after), changedFrom(before, after))
      return after
    },
  }),
  operation({
    name: 'payment_links.line_items',
    method: 'GET',
    path: '/v1/payment_links/:id/line_items',
    params: lineItemsParams,
    run(world, params, id) {
      const { lines } = world.store.need('payment_link_lines', findLink(world, id).id)
      return pageOf(lines, params, `/v1/payment_links/${id}/line_items`, 'line item')
    },
  }),
]
