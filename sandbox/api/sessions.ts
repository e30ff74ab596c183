import { invalidRequest } from '../http/errors'
import { pageOf } from '../http/page'
import { paramsOf } from '../http/params'
import { newId } from '../ids'
import { isCurrency } from '../payments/currencies'
import { givenDiscount } from '../payments/discounts'
import { abandonAttempt } from '../payments/intent'
import { resolveLineItems } from '../payments/line-items'
import {
  expireSession,
  findSession,
  methodTypesFor,
  requireOpen,
  type Session,
  setDiscount,
  setLineItems,
  setShipping,
} from '../payments/session'
import { abandonSetup } from '../payments/setup'
import { offeredShipping, resolveShipping } from '../payments/shipping'
import { addTask } from '../payments/tasks'
import { defaultRates, resolveTaxRates } from '../payments/tax-rates'
import type { World } from '../world'
import { isCreatedWithin, mergeMetadata, pagination, retrieveParams } from './fields'
import { operation } from './operation'
import { newSession } from './session-object'
import {
  type CreateSession,
  createParams,
  listParams,
  type UpdateSession,
  updateParams,
} from './session-params'
import { checkCreate, refuseTaxRates } from './session-rules'

const lineItemsParams = paramsOf<import('stripe').Stripe.Checkout.SessionListLineItemsParams>()(pagination)

function checkTaxLocation(session: Session, { customer, customer_update: update }: CreateSession): void {
  if (!session.automatic_tax.enabled || customer === undefined) return
  if (update?.address === 'auto' || update?.shipping === 'auto' || session.customer_details?.address?.country)
    return
  const message =
    "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer."
  throw invalidRequest(message, { code: 'customer_tax_location_invalid' })
}

function create(world: World, params: CreateSession): Session {
  const id = newId('cs_test_')
  const session = newSession(world, id, params)
  const state = {
    id,
    client_secret: session.client_secret ?? '',
    line_items: [],
    email_locked: session.customer_details?.email != null,
    payment_intent: null,
    setup_intent: null,
    setup_intent_data: params.setup_intent_data,
    payment_intent_data: params.payment_intent_data ?? {},
    subscription_data: params.subscription_data ?? {},
    saves_payment_method: false,
    customer_update: params.customer_update,
    discount: null,
    excluded: params.excluded_payment_method_types,
  }
  checkTaxLocation(session, params)
  const wanted = params.currency ?? null
  if (wanted !== null && !isCurrency(wanted)) {
    throw invalidRequest(`Invalid currency: ${wanted}.`, { param: 'currency' })
  }
  const default_rates = resolveTaxRates(
    world,
    params.subscription_data?.default_tax_rates ?? [],
    'subscription_data[default_tax_rates]',
  )
  const settings = { mode: params.mode, currency: wanted, default_rates }
  const lines = resolveLineItems(world, params.line_items ?? [], [], settings)
  const currency = lines[0]?.currency ?? wanted ?? 'usd'
  const types = methodTypesFor(currency, {
    allowed: params.allowed_payment_method_types,
    excluded: params.excluded_payment_method_types,
  })
  if (types.length === 0) {
    const message = `No valid payment method types for this Checkout Session: none of the allowed types can pay in ${currency}.`
    throw invalidRequest(message, { param: 'allowed_payment_method_types' })
  }
  const offered = { ...session, currency, payment_method_types: types }
  const rates = params.shipping_options && resolveShipping(world, params.shipping_options, offered)
  world.store.put('session', { ...offered, ...(rates ? offeredShipping(rates, offered) : {}) })
  world.store.put('session_state', state)
  addTask(world, { type: 'expire_session', subject: id, due: session.expires_at * 1000, outcome: null })
  const open = setLineItems(world, id, lines)
  const [discount] = params.discounts ?? []
  return discount ? setDiscount(world, id, givenDiscount(world, open, discount)) : open
}

function updateIntentData(
  world: World,
  id: string,
  change: NonNullable<UpdateSession['payment_intent_data']>,
): void {
  const state = world.store.need('session_state', id)
  const data = { ...state.payment_intent_data }
  if (change.description !== undefined) data.description = change.description
  if (change.statement_descriptor !== undefined) data.statement_descriptor = change.statement_descriptor
  if (change.statement_descriptor_suffix !== undefined) {
    data.statement_descriptor_suffix = change.statement_descriptor_suffix
  }
  if (change.metadata !== undefined) data.metadata = change.metadata === '' ? {} : change.metadata
  const usage = change.setup_future_usage
  if (usage === '') delete data.setup_future_usage
  else if (usage !== undefined) data.setup_future_usage = usage
  world.store.put('session_state', { ...state, payment_intent_data: data })
}

function changedLines(world: World, session: Session, inputs: NonNullable<UpdateSession['line_items']>) {
  if (session.mode === 'setup') {
    throw invalidRequest('You can not pass `line_items` in `setup` mode.', { param: 'line_items' })
  }
  if (session.automatic_tax.enabled) refuseTaxRates(inputs)
  const { line_items: existing, subscription_data } = world.store.need('session_state', session.id)
  const default_rates = defaultRates(world, subscription_data)
  return resolveLineItems(world, inputs, existing, { ...session, default_rates })
}

/** Changes what is sold, where it goes or how; a payment under way is abandoned (Stripe, `sessions.update`). */
function updateOrder(world: World, before: Session, params: UpdateSession): void {
  const { id } = before
  requireOpen(before)
  const { payment_intent, setup_intent } = world.store.need('session_state', id)
  abandonAttempt(world, payment_intent)
  abandonSetup(world, setup_intent)
  if (params.payment_intent_data) {
    if (before.mode !== 'payment') {
      const message = `You can not pass \`payment_intent_data\` in \`${before.mode}\` mode.`
      throw invalidRequest(message, { param: 'payment_intent_data' })
    }
    updateIntentData(world, id, params.payment_intent_data)
  }
  const shipping = params.collected_information?.shipping_details
  if (shipping) setShipping(world, id, shipping.name, shipping.address)
  if (params.shipping_options !== undefined) {
    const rates = resolveShipping(world, params.shipping_options || [], before)
    world.store.patch('session', id, offeredShipping(rates, before))
  }
  const lines = params.line_items && changedLines(world, before, params.line_items)
  setLineItems(world, id, lines ?? world.store.need('session_state', id).line_items)
}

function update(world: World, id: string, { expand: _, metadata, ...order }: UpdateSession): Session {
  const before = findSession(world, id)
  if (Object.values(order).some((value) => value !== undefined)) updateOrder(world, before, order)
  return world.store.patch('session', id, { metadata: mergeMetadata(before.metadata, metadata) })
}

export const sessionOperations = [
  operation({
    name: 'checkout.sessions.create',
    method: 'POST',
    path: '/v1/checkout/sessions',
    params: createParams,
    check: checkCreate,
    run: create,
  }),
  operation({
    name: 'checkout.sessions.list',
    method: 'GET',
    path: '/v1/checkout/sessions',
    params: listParams,
    run(world, params) {
      const items = world.store.list('session').filter((session) => {
        if (params.customer !== undefined && session.customer !== params.customer) return false
        if (params.payment_intent !== undefined && session.payment_intent !== params.payment_intent)
          return false
        if (params.payment_link !== undefined && session.payment_link !== params.payment_link) return false
        if (params.subscription !== undefined && session.subscription !== params.subscription) return false
        if (params.status !== undefined && session.status !== params.status) return false
        const email = params.customer_details?.email
        if (email !== undefined && session.customer_details?.email !== email) return false
        return isCreatedWithin(session.created, params.created)
      })
      return pageOf(items, params, '/v1/checkout/sessions', 'checkout.session')
    },
  }),
  operation({
    name: 'checkout.sessions.retrieve',
    method: 'GET',
    path: '/v1/checkout/sessions/:id',
    params: retrieveParams,
    run: (world, _, id) => findSession(world, id),
  }),
  operation({
    name: 'checkout.sessions.update',
    method: 'POST',
    path: '/v1/checkout/sessions/:id',
    params: updateParams,
    run: (world, params, id) => update(world, id, params),
  }),
  operation({
    name: 'checkout.sessions.expire',
    method: 'POST',
    path: '/v1/checkout/sessions/:id/expire',
    params: retrieveParams,
    run: (world, _, id) => expireSession(world, findSession(world, id).id),
  }),
  operation({
    name: 'checkout.sessions.line_items',
    method: 'GET',
    path: '/v1/checkout/sessions/:id/line_items',
    params: lineItemsParams,
    run(world, params, id) {
      const { line_items: lines } = world.store.need('session_state', findSession(world, id).id)
      return pageOf(lines, params, `/v1/checkout/sessions/${id}/line_items`, 'line item')
    },
  }),
]
