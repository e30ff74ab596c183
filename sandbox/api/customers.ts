import type Stripe from 'stripe'
import { z } from 'zod'
import { changedFrom, emit } from '../events'
import { noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { choice, email, emptyable, metadata, objectOf, paramsOf, text } from '../http/params'
import { newId } from '../ids'
import { attachPaymentMethod, findPaymentMethod } from '../payments/payment-method'
import { detachMethod } from '../payments/saved-methods'
import type { Records } from '../state/records'
import type { World } from '../world'
import {
  address,
  createdFilter,
  emptyableText,
  fullAddress,
  isCreatedWithin,
  mergeMetadata,
  pagination,
  retrieveParams,
  unset,
} from './fields'
import { operation } from './operation'

type Customer = Records['customer']

const shared = {
  address: emptyable(address).optional(),
  business_name: emptyableText(150),
  description: text().optional(),
  email: email().optional(),
  individual_name: emptyableText(150),
  invoice_settings: objectOf<Stripe.CustomerUpdateParams.InvoiceSettings>()({
    default_payment_method: text().optional(),
  }).optional(),
  metadata: emptyable(metadata()).optional(),
  name: text(256).optional(),
  phone: text(20).optional(),
  preferred_locales: z.array(text()).optional(),
  shipping: emptyable(
    objectOf<Stripe.CustomerCreateParams.Shipping>()({ address, name: text(), phone: text().optional() }),
  ).optional(),
  tax_exempt: emptyable(
    choice<Stripe.CustomerCreateParams.TaxExempt>()('exempt', 'none', 'reverse'),
  ).optional(),
}

const createParams = paramsOf<Stripe.CustomerCreateParams>()(
  { ...shared, payment_method: text().optional() },
  [
    'balance',
    'cash_balance',
    'invoice_prefix',
    'next_invoice_sequence',
    'source',
    'tax',
    'tax_id_data',
    'test_clock',
    'validate',
  ],
)

const updateParams = paramsOf<Stripe.CustomerUpdateParams>()(shared, [
  'balance',
  'cash_balance',
  'default_source',
  'invoice_prefix',
  'next_invoice_sequence',
  'source',
  'tax',
  'validate',
])

const listParams = paramsOf<Stripe.CustomerListParams>()(
  { ...pagination, created: createdFilter, email: text(512).optional() },
  ['test_clock'],
)

type Fields = {
  address?: '' | Partial<NonNullable<ReturnType<typeof fullAddress>>> | null | undefined
  business_name?: string | null | undefined
  description?: string | undefined
  individual_name?: string | null | undefined
  shipping?: Customer['shipping'] | undefined
  email?: string | null | undefined
  metadata?: '' | Record<string, string> | undefined
  name?: string | null | undefined
  phone?: string | null | undefined
}

function newCustomer(world: World, fields: Fields): Customer {
  return world.store.put('customer', {
    id: newId('cus_'),
    object: 'customer',
    address: fullAddress(fields.address),
    balance: 0,
    ...(fields.business_name ? { business_name: fields.business_name } : {}),
    created: world.clock.seconds(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: fields.description ?? null,
    discount: null,
    email: fields.email ?? null,
    ...(fields.individual_name ? { individual_name: fields.individual_name } : {}),
    invoice_prefix: newId('').slice(0, 8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: mergeMetadata({}, fields.metadata),
    name: fields.name ?? null,
    next_invoice_sequence: 1,
    phone: fields.phone ?? null,
    preferred_locales: [],
    shipping: fields.shipping ?? null,
    tax_exempt: 'none',
    test_clock: null,
  })
}

/** Stores a customer and tells it, when a checkout session makes one. */
export function createCustomer(world: World, fields: Fields): Customer {
  const customer = newCustomer(world, fields)
  emit(world, 'customer.created', customer)
  return customer
}

export function findCustomer(world: World, id: string, param = 'id', status = 404): Customer {
  const customer = world.store.get('customer', id)
  if (!customer) throw noSuch('customer', id, param, status)
  return customer
}

type Given = typeof updateParams extends { schema: z.ZodType<infer T> } ? T : never

function changeOf(world: World, before: Customer, params: Given): Partial<Customer> {
  const { shipping } = params
  const method = params.invoice_settings?.default_payment_method
  if (method !== undefined && world.store.get('payment_method', method)?.customer !== before.id) {
    throw noSuch('PaymentMethod', method, 'invoice_settings[default_payment_method]', 400)
  }
  const change: Partial<Customer> = { metadata: mergeMetadata(before.metadata, params.metadata) }
  if (params.address !== undefined) change.address = fullAddress(params.address)
  if (params.business_name !== undefined) change.business_name = params.business_name
  if (params.description !== undefined) change.description = params.description
  if (params.email !== undefined) change.email = params.email
  if (params.individual_name !== undefined) change.individual_name = params.individual_name
  if (params.name !== undefined) change.name = params.name
  if (params.phone !== undefined) change.phone = params.phone
  if (params.preferred_locales !== undefined) change.preferred_locales = params.preferred_locales
  if (params.tax_exempt !== undefined) change.tax_exempt = unset(params.tax_exempt) ?? 'none'
  if (method !== undefined) {
    change.invoice_settings = { ...before.invoice_settings, default_payment_method: method }
  }
  if (shipping === '') change.shipping = null
  else if (shipping) {
    const { name, phone } = shipping
    change.shipping = {
      address: fullAddress(shipping.address) ?? {},
      name,
      phone: phone ?? null,
    } as Customer['shipping']
  }
  return change
}

export const customerOperations = [
  operation({
    name: 'customers.create',
    method: 'POST',
    path: '/v1/customers',
    params: createParams,
    run(world, params) {
      const made = newCustomer(world, {})
      if (params.payment_method !== undefined) {
        attachPaymentMethod(world, findPaymentMethod(world, params.payment_method).id, made.id)
      }
      const customer = world.store.patch('customer', made.id, changeOf(world, made, params))
      emit(world, 'customer.created', customer)
      return customer
    },
  }),
  operation({
    name: 'customers.list',
    method: 'GET',
    path: '/v1/customers',
    params: listParams,
    run(world, params) {
      const items = world.store.list('customer').filter((customer) => {
        if (params.email !== undefined && customer.email !== params.email) return false
        return isCreatedWithin(customer.created, params.created)
      })
      return pageOf(items, params, '/v1/customers', 'customer')
    },
  }),
  operation({
    name: 'customers.retrieve',
    method: 'GET',
    path: '/v1/customers/:id',
    params: retrieveParams,
    run: (world, _, id) => findCustomer(world, id),
  }),
  operation({
    name: 'customers.update',
    method: 'POST',
    path: '/v1/customers/:id',
    params: updateParams,
    run(world, params, id) {
      const before = findCustomer(world, id)
      const after = world.store.patch('customer', id, changeOf(world, before, params))
      emit(world, 'customer.updated', after, changedFrom(before, after))
      return after
    },
  }),
  operation({
    name: 'customers.delete',
    method: 'DELETE',
    path: '/v1/customers/:id',
    params: retrieveParams,
    run(world, _, id) {
      const customer = findCustomer(world, id)
      for (const method of world.store.list('payment_method')) {
        if (method.customer === id) detachMethod(world, method)
      }
      world.store.remove('customer', id)
      emit(world, 'customer.deleted', customer)
      return { id, object: 'customer', deleted: true }
    },
  }),
]
