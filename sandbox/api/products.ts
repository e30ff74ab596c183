import type Stripe from 'stripe'
import { z } from 'zod'
import { changedFrom, emit } from '../events'
import { invalidRequest, noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { boolean, choice, emptyable, metadata, paramsOf, text, url } from '../http/params'
import { newId } from '../ids'
import type { Records } from '../state/records'
import type { World } from '../world'
import {
  createdFilter,
  emptyableText,
  given,
  isCreatedWithin,
  mergeMetadata,
  pagination,
  retrieveParams,
  unset,
} from './fields'
import { operation } from './operation'

const images = () => z.array(url(2048)).max(8)

const createParams = paramsOf<Stripe.ProductCreateParams>()(
  {
    name: text(5000),
    active: boolean().optional(),
    description: text(40_000).optional(),
    id: text(255).optional(),
    images: images().optional(),
    metadata: metadata().optional(),
    shippable: boolean().optional(),
    statement_descriptor: text(22).optional(),
    tax_code: text().optional(),
    type: choice<Stripe.ProductCreateParams['type']>()('good', 'service').optional(),
    unit_label: text(12).optional(),
    url: url().optional(),
  },
  ['default_price_data', 'marketing_features', 'package_dimensions', 'tax_details'],
)

const updateParams = paramsOf<Stripe.ProductUpdateParams>()(
  {
    active: boolean().optional(),
    default_price: text().optional(),
    description: emptyableText(40_000),
    images: emptyable(images()).optional(),
    metadata: emptyable(metadata()).optional(),
    name: text().optional(),
    shippable: boolean().optional(),
    statement_descriptor: text(22).optional(),
    tax_code: emptyableText(),
    unit_label: emptyableText(12),
    url: emptyable(url()).optional(),
  },
  ['marketing_features', 'package_dimensions', 'tax_details'],
)

const listParams = paramsOf<Stripe.ProductListParams>()({
  ...pagination,
  active: boolean().optional(),
  created: createdFilter,
  ids: z.array(text()).optional(),
  shippable: boolean().optional(),
  type: choice<Stripe.ProductListParams['type']>()('good', 'service').optional(),
  url: text().optional(),
})

type Product = Records['product']
type NewProduct = { name: string; metadata?: Record<string, string> } & Partial<
  Pick<Product, 'active' | 'description' | 'id' | 'images' | 'shippable' | 'url'>
> & { statement_descriptor?: string; tax_code?: string; unit_label?: string; type?: Product['type'] }

/** Stores a product and tells it; also for the `product_data` of prices and line items. */
export function createProduct(world: World, fields: NewProduct): Product {
  const created = world.clock.seconds()
  const product: Product = {
    id: fields.id ?? newId('prod_'),
    object: 'product',
    active: fields.active ?? true,
    created,
    default_price: null,
    description: fields.description ?? null,
    images: fields.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: mergeMetadata({}, fields.metadata),
    name: fields.name,
    package_dimensions: null,
    shippable: fields.shippable ?? null,
    statement_descriptor: fields.statement_descriptor ?? null,
    tax_code: fields.tax_code ?? null,
    tax_details: null,
    type: fields.type ?? 'service',
    unit_label: fields.unit_label ?? null,
    updated: created,
    url: fields.url ?? null,
  }
  world.store.put('product', product)
  emit(world, 'product.created', product)
  return product
}

export function findProduct(world: World, id: string, param = 'id', status = 404): Product {
  const product = world.store.get('product', id)
  if (!product) throw noSuch('product', id, param, status)
  return product
}

export const productOperations = [
  operation({
    name: 'products.create',
    method: 'POST',
    path: '/v1/products',
    params: createParams,
    run(world, { expand: _, ...fields }) {
      if (fields.id !== undefined && world.store.get('product', fields.id)) {
        const details = { code: 'resource_already_exists' }
        throw invalidRequest('Product already exists.', details)
      }
      return createProduct(world, given(fields) as NewProduct)
    },
  }),
  operation({
    name: 'products.list',
    method: 'GET',
    path: '/v1/products',
    params: listParams,
    run(world, params) {
      const items = world.store.list('product').filter((product) => {
        const { active, ids, shippable, type } = params
        if (active !== undefined && product.active !== active) return false
        if (ids && !ids.includes(product.id)) return false
        if (shippable !== undefined && product.shippable !== shippable) return false
        if (type !== undefined && product.type !== type) return false
        if (params.url !== undefined && product.url !== params.url) return false
        return isCreatedWithin(product.created, params.created)
      })
      return pageOf(items, params, '/v1/products', 'product')
    },
  }),
  operation({
    name: 'products.retrieve',
    method: 'GET',
    path: '/v1/products/:id',
    params: retrieveParams,
    run: (world, _, id) => findProduct(world, id),
  }),
  operation({
    name: 'products.update',
    method: 'POST',
    path: '/v1/products/:id',
    params: updateParams,
    run(world, params, id) {
      const before = findProduct(world, id)
      if (params.default_price !== undefined) {
        const price = world.store.get('price', params.default_price)
        if (price?.product !== id) throw noSuch('price', params.default_price, 'default_price', 400)
      }
      const { expand: _, metadata: change, images: pictures, ...rest } = params
      const fields = given({
        ...rest,
        description: rest.description === undefined ? undefined : unset(rest.description),
        tax_code: rest.tax_code === undefined ? undefined : unset(rest.tax_code),
        unit_label: rest.unit_label === undefined ? undefined : unset(rest.unit_label),
        url: rest.url === undefined ? undefined : unset(rest.url),
        images: pictures === '' ? [] : pictures,
      })
      const after = world.store.patch('product', id, {
        ...fields,
        metadata: mergeMetadata(before.metadata, change),
        updated: world.clock.seconds(),
      })
      emit(world, 'product.updated', after, changedFrom(before, after))
      return after
    },
  }),
  operation({
    name: 'products.delete',
    method: 'DELETE',
    path: '/v1/products/:id',
    params: retrieveParams,
    run(world, _, id) {
      const product = findProduct(world, id)
      if (world.store.list('price').some((price) => price.product === id)) {
        throw invalidRequest('This product cannot be deleted because it has one or more user-created prices.')
      }
      world.store.remove('product', id)
      emit(world, 'product.deleted', product)
      return { id, object: 'product', deleted: true }
    },
  }),
]
