import { cardError, invalidRequest } from '../http/errors'
import type { World } from '../world'
import { type Collected, collectDetails, missing } from './collection'
import { completeSession } from './complete'
import { checkStillRedeemable } from './discounts'
import {
  confirmIntent,
  createIntent,
  type Intent,
  type NextAction,
  type Outcome,
  resumeIntent,
} from './intent'
import { findPaymentMethod } from './payment-method'
import { presentedSession, presentmentOf } from './presentment'
import { requireUsable } from './saved-methods'
import { cancelPayment, findSession, requireOpen, type Session, setLineItems } from './session'
import { customerFor, keepMethod, shippingOf } from './session-customer'
import { resumeSessionSetup, setUpMethod } from './session-setup'

/** What a buyer's browser sends with "pay". Amounts in minor units. */
export type Confirmation = Collected & {
  payment_method?: string | undefined
  return_url?: string | undefined
  expected_amount?: number | undefined
  save_payment_method?: boolean | undefined
}

function prepareIntent(world: World, session: Session, customer: string | null): Intent {
  const state = world.store.need('session_state', session.id)
  const data = state.payment_intent_data
  const fields = {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    customer,
    receipt_email: data.receipt_email ?? null,
    description: data.description ?? null,
    metadata: (data.metadata ?? {}) as Record<string, string>,
    setup_future_usage: session.mode === 'subscription' ? 'off_session' : (data.setup_future_usage ?? null),
    shipping: shippingOf(session),
    statement_descriptor: data.statement_descriptor ?? null,
    statement_descriptor_suffix: data.statement_descriptor_suffix ?? null,
  }
  if (state.payment_intent !== null) return world.store.patch('payment_intent', state.payment_intent, fields)
  const payment_method_types = session.payment_method_types
  const capture_method = (data.capture_method ?? 'automatic_async') as Intent['capture_method']
  const intent = createIntent(world, { ...fields, payment_method_types, capture_method }, session.id)
  world.store.patch('session_state', session.id, { payment_intent: intent.id })
  if (session.mode === 'payment') world.store.patch('session', session.id, { payment_intent: intent.id })
  return intent
}

/** Turns what came of a payment into the session's next state; throws the card error of a decline. */
function conclude(world: World, id: string, intent: Intent, method: string, outcome: Outcome): NextAction {
  if (outcome.type === 'requires_action') return { type: outcome.action, url: outcome.url }
  if (outcome.type === 'failed') {
    const { code, decline_code, message, charge } = outcome.error
    throw cardError(message ?? '', {
      ...(code ? { code } : {}),
      ...(decline_code ? { decline_code } : {}),
      ...(charge ? { charge } : {}),
      payment_intent: world.store.need('payment_intent', intent.id),
      payment_method: world.store.need('payment_method', method),
    })
  }
  const session = world.store.need('session', id)
  completeSession(world, id, keepMethod(world, session, method, intent.setup_future_usage !== null))
  return null
}

/** Confirms a session of which nothing is due now. A subscription, or a setup, keeps the method for later. */
function confirmFree(
  world: World,
  session: Session,
  method: string | null,
  saves: boolean,
  returnUrl: string | null,
): NextAction {
  const needsMethod = session.mode !== 'payment' && session.payment_method_collection !== 'if_required'
  if (needsMethod && method === null) throw missing('payment_method', 'a payment method')
  const customer = customerFor(world, session, session.mode === 'payment', saves)
  cancelPayment(world, session.id, 'abandoned')
  world.store.patch('session', session.id, { payment_intent: null })
  world.store.patch('session_state', session.id, { payment_intent: null })
  if (session.mode === 'payment' || method === null) {
    completeSession(world, session.id, method)
    return null
  }
  return setUpMethod(world, world.store.need('session', session.id), method, customer, returnUrl)
}

function requireTaxLocation({ automatic_tax: { status } }: Session): void {
  if (status === 'requires_location_inputs')
    throw missing('billing_address', 'an address to reckon the tax for')
  if (status !== 'failed') return
  const details = { code: 'customer_tax_location_invalid', param: 'billing_address' }
  throw invalidRequest('The tax cannot be reckoned for this address.', details)
}

/**
 * Pays an open session. Returns what the buyer has to do next, or null when the session is complete. Throws
 * Stripe's card error on a decline (the session stays open) and 400 for everything that is not as it should be.
 */
export function confirmSession(world: World, id: string, body: Confirmation): NextAction {
  const session = findSession(world, id)
  requireOpen(session)
  const method = body.payment_method === undefined ? null : findPaymentMethod(world, body.payment_method)
  if (method && !session.payment_method_types.includes(method.type)) {
    const message = `The payment method type "${method.type}" is not available for this Checkout Session.`
    throw invalidRequest(message, { param: 'payment_method' })
  }
  if (method) requireUsable(world, session, method)
  collectDetails(world, session, body, method)
  const current = setLineItems(world, id, world.store.need('session_state', id).line_items)
  requireTaxLocation(current)
  const total = presentedSession(world, current).session.amount_total ?? 0
  if (body.expected_amount !== undefined && body.expected_amount !== total) {
    const message = `The expected amount ${body.expected_amount} differs from the session's total ${total}.`
    throw invalidRequest(message, { code: 'checkout_amount_mismatch', param: 'expected_amount' })
  }
  const { discount } = world.store.need('session_state', id)
  if (discount) checkStillRedeemable(world, current, discount)
  const offersSave = session.saved_payment_method_options?.payment_method_save === 'enabled'
  const saves = offersSave && body.save_payment_method === true
  world.store.patch('session_state', id, { saves_payment_method: saves })
  const back = body.return_url ?? session.return_url ?? null
  if (!current.amount_total) return confirmFree(world, current, method?.id ?? null, saves, back)
  if (!method) throw missing('payment_method', 'a payment method')
  const future = world.store.need('session_state', id).payment_intent_data.setup_future_usage !== undefined
  const customer = customerFor(world, current, future, saves)
  const intent = prepareIntent(world, current, customer)
  const presentment = presentmentOf(world, current)
  world.store.patch('payment_intent', intent.id, presentment)
  world.store.patch('session', id, presentment)
  world.store.patch('payment_intent_state', intent.id, { return_url: back })
  return conclude(world, id, intent, method.id, confirmIntent(world, intent.id, method.id))
}

/** Goes on after 3-D Secure or the bank's page. Throws the error of a refusal; the session stays open. */
export function resumeSession(world: World, intentId: string, isApproved: boolean): NextAction {
  if (intentId.startsWith('seti_')) return resumeSessionSetup(world, intentId, isApproved)
  const { session: id, attempt } = world.store.need('payment_intent_state', intentId)
  if (attempt === null) {
    const message = "This PaymentIntent's status is not requires_action."
    throw invalidRequest(message, { code: 'payment_intent_unexpected_state' })
  }
  const intent = world.store.need('payment_intent', intentId)
  const outcome = resumeIntent(world, intentId, isApproved)
  return id === null ? null : conclude(world, id, intent, attempt, outcome)
}
