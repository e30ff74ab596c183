import type Stripe from 'stripe'
import { changedFrom, emit } from '../events'
import { invalidRequest } from '../http/errors'
import { pageOf } from '../http/page'
import { choice, email, emptyable, integer, metadata, objectOf, paramsOf, text } from '../http/params'
import {
  attachPaymentMethod,
  type BillingDetails,
  createPaymentMethod,
  findPaymentMethod,
} from '../payments/payment-method'
import { detachMethod } from '../payments/saved-methods'
import type { World } from '../world'
import { findCustomer } from './customers'
import {
  address,
  emptyableText,
  fullAddress,
  mergeMetadata,
  pagination,
  retrieveParams,
  unset,
} from './fields'
import { operation } from './operation'

type Create = Stripe.PaymentMethodCreateParams
const types = ['bancontact', 'card', 'ideal', 'sepa_debit'] as const
type Offered =
  | 'type'
  | 'card'
  | 'bancontact'
  | 'ideal'
  | 'sepa_debit'
  | 'billing_details'
  | 'metadata'
  | 'allow_redisplay'
  | 'expand'

const allowRedisplay = choice<Create['allow_redisplay']>()('always', 'limited', 'unspecified').optional()

export const billingDetails = objectOf<Stripe.PaymentMethodCreateParams.BillingDetails>()({
  address: emptyable(address).optional(),
  email: emptyable(email()).optional(),
  name: emptyableText(),
  phone: emptyableText(),
})

const cardFields = objectOf<Stripe.PaymentMethodCreateParams.Card>()({
  cvc: text(4).optional(),
  exp_month: integer(),
  exp_year: integer(),
  number: text(30),
})

/** Only the types the sandbox pays with; the SDK declares some fifty more, each a parameter of its own. */
const createParams = paramsOf<Pick<Create, Offered>>()({
  type: choice<Create['type']>()(...types),
  allow_redisplay: allowRedisplay,
  bancontact: objectOf<Stripe.PaymentMethodCreateParams.Bancontact>()({}).optional(),
  billing_details: billingDetails.optional(),
  card: cardFields.optional(),
  ideal: objectOf<Stripe.PaymentMethodCreateParams.Ideal>()({}).optional(),
  metadata: metadata().optional(),
  sepa_debit: objectOf<Stripe.PaymentMethodCreateParams.SepaDebit>()({ iban: text(40) }).optional(),
})

const updateParams = paramsOf<Stripe.PaymentMethodUpdateParams>()(
  {
    allow_redisplay: allowRedisplay,
    billing_details: billingDetails.optional(),
    metadata: emptyable(metadata()).optional(),
  },
  ['card', 'us_bank_account'],
)

const attachParams = paramsOf<Stripe.PaymentMethodAttachParams>()({ customer: text() }, ['customer_account'])

const listFilters = {
  ...pagination,
  allow_redisplay: allowRedisplay,
  type: choice<Stripe.PaymentMethodListParams['type']>()(...types).optional(),
}

const listParams = paramsOf<Stripe.PaymentMethodListParams>()(
  { ...listFilters, customer: text().optional() },
  ['customer_account'],
)

const customerListParams = paramsOf<Stripe.CustomerListPaymentMethodsParams>()(listFilters)

type GivenDetails = Partial<Record<'email' | 'name' | 'phone', string | null>> & {
  address?: Parameters<typeof fullAddress>[0]
}

/** Billing details with every property. */
export function fullBillingDetails(given: GivenDetails | undefined): BillingDetails {
  return {
    address: fullAddress(given?.address),
    email: unset(given?.email ?? undefined),
    name: unset(given?.name ?? undefined),
    phone: unset(given?.phone ?? undefined),
    tax_id: null,
  }
}

function changedDetails(before: BillingDetails, change: GivenDetails): BillingDetails {
  const full = fullBillingDetails(change)
  const names = Object.keys(change) as (keyof GivenDetails)[]
  return { ...before, ...Object.fromEntries(names.map((name) => [name, full[name]])) }
}

type ListFilter = Pick<Stripe.PaymentMethodListParams, 'allow_redisplay' | 'customer' | 'type'>

/** Methods that belong to somebody, newest first. */
function attachedMethods(world: World, { allow_redisplay, customer, type }: ListFilter) {
  return world.store.list('payment_method').filter((method) => {
    if (method.customer === null || method.customer !== (customer ?? method.customer)) return false
    if (type !== undefined && method.type !== type) return false
    return allow_redisplay === undefined || method.allow_redisplay === allow_redisplay
  })
}

export const paymentMethodOperations = [
  operation({
    name: 'payment_methods.create',
    method: 'POST',
    path: '/v1/payment_methods',
    params: createParams,
    run(world, params) {
      const shared = {
        billing_details: fullBillingDetails(params.billing_details),
        metadata: mergeMetadata({}, params.metadata),
      }
      const { type, card, sepa_debit } = params
      const missing = (param: string) =>
        invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
      if (type === 'card' && !card) throw missing('card')
      if (type === 'sepa_debit' && !sepa_debit) throw missing('sepa_debit')
      if (card && type === 'card') return createPaymentMethod(world, { ...shared, type, card })
      if (sepa_debit && type === 'sepa_debit')
        return createPaymentMethod(world, { ...shared, type, sepa_debit })
      return createPaymentMethod(world, { ...shared, type: type === 'bancontact' ? type : 'ideal' })
    },
  }),
  operation({
    name: 'payment_methods.list',
    method: 'GET',
    path: '/v1/payment_methods',
    params: listParams,
    run(world, params) {
      if (params.customer !== undefined) findCustomer(world, params.customer, 'customer', 400)
      return pageOf(attachedMethods(world, params), params, '/v1/payment_methods', 'PaymentMethod')
    },
  }),
  operation({
    name: 'customers.listPaymentMethods',
    method: 'GET',
    path: '/v1/customers/:id/payment_methods',
    params: customerListParams,
    run(world, params, id) {
      const items = attachedMethods(world, { ...params, customer: findCustomer(world, id).id })
      return pageOf(items, params, `/v1/customers/${id}/payment_methods`, 'PaymentMethod')
    },
  }),
  operation({
    name: 'payment_methods.retrieve',
    method: 'GET',
    path: '/v1/payment_methods/:id',
    params: retrieveParams,
    run: (world, _, id) => findPaymentMethod(world, id, 'payment_method', 404),
  }),
  operation({
    name: 'payment_methods.update',
    method: 'POST',
    path: '/v1/payment_methods/:id',
    params: updateParams,
    run(world, params, id) {
      const before = findPaymentMethod(world, id, 'payment_method', 404)
      const after = world.store.patch('payment_method', before.id, {
        metadata: mergeMetadata(before.metadata, params.metadata),
        ...(params.allow_redisplay ? { allow_redisplay: params.allow_redisplay } : {}),
        ...(params.billing_details
          ? { billing_details: changedDetails(before.billing_details, params.billing_details) }
          : {}),
      })
      emit(world, 'payment_method.updated', after, changedFrom(before, after))
      return after
    },
  }),
  operation({
    name: 'payment_methods.attach',
    method: 'POST',
    path: '/v1/payment_methods/:id/attach',
    params: attachParams,
    run(world, params, id) {
      const method = findPaymentMethod(world, id, 'payment_method', 404)
      findCustomer(world, params.customer, 'customer', 400)
      return attachPaymentMethod(world, method.id, params.customer)
    },
  }),
  operation({
    name: 'payment_methods.detach',
    method: 'POST',
    path: '/v1/payment_methods/:id/detach',
    params: retrieveParams,
    run(world, _, id) {
      return detachMethod(world, findPaymentMethod(world, id, 'payment_method', 404))
    },
  }),
]
