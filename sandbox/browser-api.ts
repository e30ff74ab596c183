import { fullAddress } from './api/fields'
import { fullBillingDetails } from './api/payment-methods'
import {
  type Body,
  confirmBody,
  givenAddress,
  methodBody,
  read,
  savedMethodBody,
  updateBody,
} from './browser-bodies'
import { intentOf, intentPage, intentRoutes, returnTarget, sessionOf } from './browser-intents'
import { checkPublishableKey } from './http/auth'
import { invalidRequest, noSuch, StripeError } from './http/errors'
import { expand } from './http/expand'
import { isEmail } from './http/params'
import { matchPath } from './http/request'
import { confirmSession, type NextAction, resumeSession } from './payments/confirm'
import { typedDiscount } from './payments/discounts'
import { createPaymentMethod } from './payments/payment-method'
import { removeSavedMethod, type SavedMethod, savedMethodsOf } from './payments/saved-methods'
import { collect, requireOpen, returnUrl, setDiscount, setLineItems, setShipping } from './payments/session'
import { resumeStandalone } from './payments/standalone'
import type { World } from './world'

/** All that Stripe.js knows of a session. */
export type PageState = {
  session: import('stripe').Stripe.Checkout.Session
  payment_method_types: string[]
  /** By line item id. */
  adjustable: Record<string, { minimum: number; maximum: number }>
  account: { display_name: string }
  email_locked: boolean
  /** Cards of the session's customer to choose from; null for a guest. */
  saved_payment_methods: SavedMethod[] | null
  /** The method is charged again later, so that its owner has to be told. */
  reuses_payment_method: boolean
  last_payment_error: { message: string; code: string; decline_code: string | null } | null
}

const shownInPage = [
  'discounts.coupon',
  'discounts.promotion_code',
  'line_items.data.discounts',
  'line_items.data.price.product',
  'total_details.breakdown',
]

/** The state of a session as the browser gets it, prices with their products. */
export function pageState(world: World, id: string): PageState {
  const session = world.store.need('session', id)
  const state = world.store.need('session_state', id)
  const shown = expand(world, session, shownInPage) as PageState['session']
  const adjustable: PageState['adjustable'] = {}
  for (const line of state.line_items) {
    const { enabled, minimum, maximum } = line.adjustable_quantity ?? { enabled: false }
    const least = state.line_items.length === 1 ? Math.max(1, minimum ?? 0) : (minimum ?? 0)
    if (enabled) adjustable[line.id] = { minimum: least, maximum: maximum ?? 99 }
  }
  const intent = state.payment_intent ? world.store.need('payment_intent', state.payment_intent) : undefined
  const error = session.status === 'open' ? intent?.last_payment_error : null
  return {
    session: { ...shown, payment_intent: state.payment_intent },
    payment_method_types: session.payment_method_types,
    adjustable,
    account: { display_name: 'Sandbox' },
    email_locked: state.email_locked,
    saved_payment_methods: savedMethodsOf(world, session),
    reuses_payment_method:
      session.mode !== 'payment' || Boolean(state.payment_intent_data.setup_future_usage),
    last_payment_error: error
      ? { message: error.message ?? '', code: error.code ?? '', decline_code: error.decline_code ?? null }
      : null,
  }
}

function checkSecret(world: World, id: string, body: Body): void {
  const state = world.store.get('session_state', id)
  if (!state || state.client_secret !== body.client_secret)
    throw noSuch('checkout.session', id, 'client_secret')
}

function setQuantity(world: World, id: string, change: { id: string; quantity: number }): void {
  const state = world.store.need('session_state', id)
  const line = state.line_items.find((each) => each.id === change.id)
  if (!line) throw noSuch('line item', change.id, 'line_item[id]', 400)
  const limits = pageState(world, id).adjustable[line.id]
  if (!limits)
    throw invalidRequest('The quantity of this line item cannot be adjusted.', { param: 'line_item[id]' })
  if (change.quantity < limits.minimum || change.quantity > limits.maximum) {
    const message = `The quantity must be between ${limits.minimum} and ${limits.maximum}.`
    throw invalidRequest(message, { code: 'parameter_invalid_integer', param: 'line_item[quantity]' })
  }
  const lines = state.line_items.map((each) =>
    each.id === line.id ? { ...each, quantity: change.quantity } : each,
  )
  setLineItems(world, id, lines)
}

function setPromotionCode(world: World, id: string, typed: string | null): void {
  const session = world.store.need('session', id)
  if (typed !== null) setDiscount(world, id, typedDiscount(world, session, typed))
  else if (session.allow_promotion_codes) setDiscount(world, id, null)
  else throw invalidRequest("The session's discount cannot be removed.", { param: 'promotion_code' })
}

function update(world: World, id: string, body: Body): PageState {
  const change = read(updateBody, body)
  requireOpen(world.store.need('session', id))
  if (change.shipping_option !== undefined) {
    throw invalidRequest('This Checkout Session takes no shipping option.', { param: 'shipping_option' })
  }
  if (change.email !== undefined) {
    if (world.store.need('session_state', id).email_locked) {
      throw invalidRequest("The session's e-mail was set when it was created and cannot be changed.", {
        param: 'email',
      })
    }
    if (change.email && !isEmail(change.email)) {
      const details = { code: 'email_invalid', param: 'email' }
      throw invalidRequest(`Invalid email address: ${change.email}`, details)
    }
    collect(world, id, { email: change.email || null })
  }
  if (change.phone !== undefined) collect(world, id, { phone: change.phone || null })
  if (change.individual_name !== undefined) {
    collect(world, id, {
      individual_name: change.individual_name ?? null,
      name: change.individual_name ?? null,
    })
  }
  if (change.business_name !== undefined) collect(world, id, { business_name: change.business_name ?? null })
  if (change.billing_address !== undefined) {
    const { name, address: where } = change.billing_address ?? {}
    collect(world, id, { address: fullAddress(givenAddress(where)), ...(name ? { name } : {}) })
  }
  if (change.shipping_address !== undefined) {
    const { name, address: where } = change.shipping_address ?? {}
    setShipping(world, id, name ?? '', givenAddress(where))
  }
  setLineItems(world, id, world.store.need('session_state', id).line_items)
  if (change.line_item) setQuantity(world, id, change.line_item)
  if (change.promotion_code !== undefined) setPromotionCode(world, id, change.promotion_code)
  return pageState(world, id)
}

function createMethod(world: World, body: Body): object {
  const { type, card, sepa_debit, billing_details: details } = read(methodBody, body)
  const billing_details = fullBillingDetails({
    email: details?.email ?? null,
    name: details?.name ?? null,
    phone: details?.phone ?? null,
    address: givenAddress(details?.address ?? undefined),
  })
  const missing = (param: string) =>
    invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
  if (type === 'ideal') return createPaymentMethod(world, { type, billing_details })
  if (type === 'sepa_debit') {
    if (!sepa_debit) throw missing('sepa_debit')
    return createPaymentMethod(world, { type, sepa_debit, billing_details })
  }
  if (!card) throw missing('card')
  const number = card.number.replaceAll(/[\s-]/g, '')
  return createPaymentMethod(world, { type, card: { ...card, number }, billing_details })
}

function confirm(world: World, id: string, body: Body): object {
  const { billing_address: billing, ...rest } = read(confirmBody, body)
  const billing_address = billing
    ? { name: billing.name ?? null, address: givenAddress(billing.address) }
    : undefined
  const next_action: NextAction = confirmSession(world, id, { ...rest, billing_address })
  return { ...pageState(world, id), next_action }
}

function removeMethod(world: World, id: string, body: Body): PageState {
  const session = world.store.need('session', id)
  requireOpen(session)
  removeSavedMethod(world, session, read(savedMethodBody, body).payment_method)
  return pageState(world, id)
}

/** A refusal by the buyer's bank is an answer here, not an error: the page shows it. */
function resume(world: World, id: string, isApproved: boolean): void {
  try {
    if (sessionOf(world, id) === null) resumeStandalone(world, id, isApproved)
    else resumeSession(world, id, isApproved)
  } catch (error) {
    if (!(error instanceof StripeError && error.keepsEffects)) throw error
  }
}

function authenticate(world: World, id: string, body: Body): object {
  intentOf(world, id, body)
  resume(world, id, body.outcome === 'complete')
  const session = sessionOf(world, id)
  return session ? pageState(world, session) : intentPage(world, id)
}

function redirect(world: World, id: string, body: Body): object {
  intentOf(world, id, body)
  resume(world, id, body.outcome === 'authorise')
  const session = sessionOf(world, id)
  if (!session) return { return_url: returnTarget(world, id) }
  const { return_url } = world.store.need('payment_intent_state', id)
  const target = return_url ?? returnUrl(world.store.need('session', session))
  return { return_url: target.replaceAll('{CHECKOUT_SESSION_ID}', session) }
}

type Route = {
  path: string
  name: string
  run: (world: World, id: string, body: Body) => object
  secret: boolean
}

const routes: readonly Route[] = [
  { path: '/_js/checkout_sessions/:id/retrieve', name: 'js.retrieve', run: pageState, secret: true },
  { path: '/_js/checkout_sessions/:id/update', name: 'js.update', run: update, secret: true },
  { path: '/_js/checkout_sessions/:id/confirm', name: 'js.confirm', run: confirm, secret: true },
  {
    path: '/_js/checkout_sessions/:id/remove_payment_method',
    name: 'js.remove_payment_method',
    run: removeMethod,
    secret: true,
  },
  {
    path: '/_js/payment_methods',
    name: 'js.payment_methods',
    run: (world, _, body) => createMethod(world, body),
    secret: false,
  },
  ...intentRoutes,
  { path: '/_js/authenticate/:id', name: 'js.authenticate', run: authenticate, secret: false },
  { path: '/_js/redirect/:id', name: 'js.redirect', run: redirect, secret: false },
]

/** The work behind an endpoint Stripe.js calls, and its name for the ledger; null for an unknown path. */
export function browserOperation(
  path: string,
): { name: string; id: string; run: (world: World, body: Body) => object } | null {
  for (const route of routes) {
    const values = matchPath(route.path, path)
    if (!values) continue
    const id = values.id ?? ''
    const run = (world: World, body: Body) => {
      checkPublishableKey(body.key)
      if (route.secret) checkSecret(world, id, body)
      return route.run(world, id, body)
    }
    return { name: route.name, id, run }
  }
  return null
}
