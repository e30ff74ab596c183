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
import { changeSession } from './browser-changes'
import { intentOf, intentPage, intentRoutes, returnTarget, sessionOf } from './browser-intents'
import { checkPublishableKey } from './http/auth'
import { invalidRequest, noSuch, StripeError } from './http/errors'
import { expand } from './http/expand'
import { matchPath } from './http/request'
import { confirmSession, resumeSession } from './payments/confirm'
import type { NextAction } from './payments/intent'
import { quantityLimits } from './payments/line-items'
import { createPaymentMethod } from './payments/payment-method'
import { type CurrencyOption, currencyOptionsOf, presentedSession } from './payments/presentment'
import { type Recurring, recurringOf } from './payments/recurring'
import { removeSavedMethod, type SavedMethod, savedMethodsOf } from './payments/saved-methods'
import { requireOpen, returnUrl } from './payments/session'
import { resumeStandalone } from './payments/standalone'
import { markWallet, walletsOf } from './payments/wallets'
import type { World } from './world'

/** All that Stripe.js knows of a session, its amounts in the currency the buyer sees. */
export type PageState = {
  session: import('stripe').Stripe.Checkout.Session
  payment_method_types: string[]
  /** By line item id. */
  adjustable: Record<string, { minimum: number; maximum: number }>
  account: { display_name: string }
  email_locked: boolean
  currency_options: CurrencyOption[] | null
  /** Cards of the session's customer to choose from; null for a guest. */
  saved_payment_methods: SavedMethod[] | null
  /** What the subscription costs when it is due next; null where nothing repeats. */
  recurring: Recurring | null
  /** The method is charged again later, so that its owner has to be told. */
  reuses_payment_method: boolean
  /** Wallets the browser has, by Stripe's name for an express payment. */
  wallets: string[]
  last_payment_error: { message: string; code: string; decline_code: string | null } | null
}

const shownInPage = [
  'discounts.coupon',
  'discounts.promotion_code',
  'line_items.data.discounts',
  'line_items.data.price.product',
  'line_items.data.taxes',
  'shipping_cost.taxes',
  'shipping_options.shipping_rate',
  'total_details.breakdown',
]

/** The state of a session as the browser gets it, prices with their products. */
export function pageState(world: World, id: string): PageState {
  const session = world.store.need('session', id)
  const state = world.store.need('session_state', id)
  const { session: seen, lines } = presentedSession(world, session)
  const items = { object: 'list', data: lines, has_more: false, url: '' }
  const shown = expand(world, { ...seen, line_items: items }, shownInPage) as PageState['session']
  const intent = state.payment_intent ? world.store.need('payment_intent', state.payment_intent) : undefined
  const setup = state.setup_intent ? world.store.need('setup_intent', state.setup_intent) : undefined
  const error = session.status === 'open' ? (intent?.last_payment_error ?? setup?.last_setup_error) : null
  return {
    session: { ...shown, payment_intent: state.payment_intent },
    payment_method_types: session.payment_method_types,
    adjustable: quantityLimits(state.line_items),
    account: { display_name: 'Sandbox' },
    email_locked: state.email_locked,
    currency_options: currencyOptionsOf(world, session),
    saved_payment_methods: savedMethodsOf(world, session),
    recurring: recurringOf(world, session, state),
    reuses_payment_method:
      session.mode !== 'payment' || Boolean(state.payment_intent_data.setup_future_usage),
    wallets: walletsOf(world),
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

function update(world: World, id: string, body: Body): PageState {
  changeSession(world, id, read(updateBody, body))
  return pageState(world, id)
}

function createMethod(world: World, body: Body): object {
  const { type, card, wallet, sepa_debit, billing_details: details } = read(methodBody, body)
  const billing_details = fullBillingDetails({
    email: details?.email ?? null,
    name: details?.name ?? null,
    phone: details?.phone ?? null,
    address: givenAddress(details?.address ?? undefined),
  })
  const missing = (param: string) =>
    invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
  if (type === 'bancontact' || type === 'ideal') return createPaymentMethod(world, { type, billing_details })
  if (type === 'sepa_debit') {
    if (!sepa_debit) throw missing('sepa_debit')
    return createPaymentMethod(world, { type, sepa_debit, billing_details })
  }
  if (!card) throw missing('card')
  const number = card.number.replaceAll(/[\s-]/g, '')
  const method = createPaymentMethod(world, { type, card: { ...card, number }, billing_details })
  return wallet ? markWallet(world, method, wallet) : method
}

type Named = NonNullable<ReturnType<typeof confirmBody.parse>['billing_address']>

const namedAddress = (given: Named | undefined) =>
  given && { name: given.name ?? null, address: givenAddress(given.address) }

function confirm(world: World, id: string, body: Body): object {
  const { billing_address: billing, shipping_address: shipping, ...rest } = read(confirmBody, body)
  const next_action: NextAction = confirmSession(world, id, {
    ...rest,
    billing_address: namedAddress(billing),
    shipping_address: namedAddress(shipping),
  })
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
  const { return_url } = world.store.need(
    id.startsWith('seti_') ? 'setup_intent_state' : 'payment_intent_state',
    id,
  )
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
