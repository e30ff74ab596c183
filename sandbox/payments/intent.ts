import { emit } from '../events'
import { newClientSecret, newId } from '../ids'
import type { Records } from '../state/records'
import { debitTiming, type World } from '../world'
import { declineOf } from './cards'
import { type ChargeFailure, failCharge, pendingCharge, succeedCharge } from './charge'
import { debitPlan } from './debits'
import { goesToBank } from './payment-method'
import { addTask } from './tasks'

export type Intent = Records['payment_intent']
type PaymentError = NonNullable<Intent['last_payment_error']>

export type IntentFields = Pick<Intent, 'amount' | 'currency' | 'payment_method_types'> &
  Partial<
    Pick<
      Intent,
      | 'capture_method'
      | 'customer'
      | 'description'
      | 'metadata'
      | 'receipt_email'
      | 'setup_future_usage'
      | 'statement_descriptor'
      | 'statement_descriptor_suffix'
      | 'shipping'
    >
  >

/** What came of an attempt to pay. */
export type Outcome =
  | { type: 'succeeded' | 'processing' | 'requires_capture' }
  | { type: 'requires_action'; action: 'authenticate' | 'redirect'; url: string }
  | { type: 'failed'; error: PaymentError }

/** What a buyer has to do before it goes on; null when nothing. */
export type NextAction = { type: 'authenticate' | 'redirect'; url: string } | null

/** Stores a payment intent; `session` ties it to a checkout session. */
export function createIntent(world: World, fields: IntentFields, session: string | null): Intent {
  const id = newId('pi_')
  const intent: Intent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: fields.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: { enabled: true, allow_redirects: 'always' },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: fields.capture_method ?? 'automatic_async',
    client_secret: newClientSecret(id),
    confirmation_method: 'automatic',
    created: world.clock.seconds(),
    currency: fields.currency,
    customer: fields.customer ?? null,
    customer_account: null,
    description: fields.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: fields.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: fields.payment_method_types,
    payment_record: null,
    processing: null,
    receipt_email: fields.receipt_email ?? null,
    review: null,
    setup_future_usage: fields.setup_future_usage ?? null,
    shipping: fields.shipping ?? null,
    source: null,
    statement_descriptor: fields.statement_descriptor ?? null,
    statement_descriptor_suffix: fields.statement_descriptor_suffix ?? null,
    status: 'requires_payment_method',
    transfer_group: null,
  }
  world.store.put('payment_intent', intent)
  world.store.put('payment_intent_state', {
    id,
    session,
    return_url: null,
    attempt: null,
    off_session: false,
  })
  emit(world, 'payment_intent.created', intent)
  return intent
}

/** Back to `requires_payment_method`, with the reason kept and told. */
export function failIntent(world: World, id: string, error: PaymentError): Outcome {
  const failed = world.store.patch('payment_intent', id, {
    status: 'requires_payment_method',
    payment_method: null,
    last_payment_error: error,
    next_action: null,
    processing: null,
  })
  world.store.patch('payment_intent_state', id, { attempt: null })
  emit(world, 'payment_intent.payment_failed', failed)
  return { type: 'failed', error }
}

function declined(world: World, id: string, method: string, declineCode: string): Outcome {
  const { code, message } = declineOf(declineCode)
  const failure: ChargeFailure = { code, message, decline_code: declineCode }
  const charge = failCharge(world, id, method, failure)
  return failIntent(world, id, {
    charge: charge.id,
    code: code as NonNullable<PaymentError['code']>,
    decline_code: declineCode,
    doc_url: `https://docs.stripe.com/error-codes#${code.replaceAll('_', '-')}`,
    message,
    payment_method: world.store.need('payment_method', method),
    type: 'card_error',
  })
}

/** Moves the money of a confirmed card or redirect payment. */
function chargeNow(world: World, id: string, method: string): Outcome {
  const intent = world.store.need('payment_intent', id)
  const isManual = intent.capture_method === 'manual'
  const charge = succeedCharge(world, id, method, !isManual)
  world.store.patch('payment_intent_state', id, { attempt: null })
  const settled = world.store.patch('payment_intent', id, {
    payment_method: method,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
    ...(isManual
      ? { status: 'requires_capture', amount_capturable: intent.amount }
      : { status: 'succeeded', amount_received: intent.amount }),
  })
  emit(world, isManual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', settled)
  const { behaviour } = world.store.need('payment_method_state', method)
  if (behaviour === 'dispute') {
    addTask(world, {
      type: 'dispute_charge',
      subject: charge.id,
      due: world.clock.now() + 500,
      outcome: null,
    })
  }
  return { type: isManual ? 'requires_capture' : 'succeeded' }
}

function requireAction(
  world: World,
  id: string,
  method: string,
  action: 'authenticate' | 'redirect',
): Outcome {
  const intent = world.store.need('payment_intent', id)
  const page = action === 'authenticate' ? 'authenticate' : 'redirect'
  const state = world.store.need('payment_intent_state', id)
  const session = state.session === null ? undefined : world.store.need('session_state', state.session)
  const client_secret = session?.client_secret ?? intent.client_secret ?? ''
  const query = new URLSearchParams({ payment_intent: id, client_secret })
  const url = `${world.origin()}/v3/${page}?${query}`
  const waiting = world.store.patch('payment_intent', id, {
    status: 'requires_action',
    payment_method: method,
    last_payment_error: null,
    next_action: { type: 'redirect_to_url', redirect_to_url: { url, return_url: state.return_url } },
  })
  world.store.patch('payment_intent_state', id, { attempt: method })
  emit(world, 'payment_intent.requires_action', waiting)
  return { type: 'requires_action', action, url }
}

function startDebit(world: World, id: string, method: string): Outcome {
  const charge = pendingCharge(world, id, method)
  const processing = world.store.patch('payment_intent', id, {
    status: 'processing',
    payment_method: method,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
  })
  emit(world, 'payment_intent.processing', processing)
  const email = world.store.need('payment_method', method).billing_details.email ?? ''
  const { outcome, isDelayed } = debitPlan(email)
  const timing = debitTiming(world)
  const seconds = isDelayed ? timing.delayed_after : timing.succeed_after
  addTask(world, { type: 'settle_debit', subject: id, due: world.clock.now() + seconds * 1000, outcome })
  return { type: 'processing' }
}

/**
 * Confirms a payment intent with a payment method that exists. An attempt that waits for the buyer is abandoned
 * by a new one.
 */
export function confirmIntent(world: World, id: string, method: string, offSession = false): Outcome {
  const { type } = world.store.need('payment_method', method)
  world.store.patch('payment_intent_state', id, { off_session: offSession })
  if (type === 'sepa_debit') return startDebit(world, id, method)
  if (goesToBank(type)) return requireAction(world, id, method, 'redirect')
  const { behaviour, set_up: isSetUp } = world.store.need('payment_method_state', method)
  if (behaviour.startsWith('decline:')) return declined(world, id, method, behaviour.slice('decline:'.length))
  if (behaviour === 'decline_on_charge') return declined(world, id, method, 'generic_decline')
  const asks =
    behaviour.startsWith('authenticate') && !(behaviour === 'authenticate_unless_set_up' && isSetUp)
  if (!asks) return chargeNow(world, id, method)
  if (!offSession) return requireAction(world, id, method, 'authenticate')
  return declined(world, id, method, 'authentication_required')
}

/** Goes on after the buyer acted. The intent has to be waiting (`requires_action`). */
export function resumeIntent(world: World, id: string, isApproved: boolean): Outcome {
  const { attempt } = world.store.need('payment_intent_state', id)
  if (attempt === null) throw new Error(`${id} waits for nobody`)
  const method = world.store.need('payment_method', attempt)
  if (!isApproved) {
    const redirected = method.type !== 'card'
    return failIntent(world, id, {
      code: redirected ? 'payment_intent_payment_attempt_failed' : 'payment_intent_authentication_failure',
      message: redirected
        ? 'The customer did not approve the PaymentIntent.'
        : 'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
      payment_method: method,
      type: 'invalid_request_error',
    })
  }
  const { behaviour } = world.store.need('payment_method_state', attempt)
  if (behaviour === 'authenticate_then_decline') return declined(world, id, attempt, 'generic_decline')
  if (world.store.need('payment_intent', id).setup_future_usage !== null) {
    world.store.patch('payment_method_state', attempt, { set_up: true })
  }
  return chargeNow(world, id, attempt)
}

/** Gives up an attempt that waits for the buyer, as a change of the session does. */
export function abandonAttempt(world: World, id: string | null): void {
  if (id === null || world.store.need('payment_intent_state', id).attempt === null) return
  world.store.patch('payment_intent_state', id, { attempt: null })
  const change = { status: 'requires_payment_method', payment_method: null, next_action: null } as const
  world.store.patch('payment_intent', id, change)
}

/** Takes the money of an authorised payment; its session becomes paid. */
export function captureIntent(world: World, id: string, amount: number): Intent {
  const before = world.store.need('payment_intent', id)
  const charge = world.store.patch('charge', before.latest_charge as string, {
    captured: true,
    amount_captured: amount,
  })
  const captured = world.store.patch('payment_intent', id, {
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: amount,
  })
  const { session } = world.store.need('payment_intent_state', id)
  if (session !== null) world.store.patch('session', session, { payment_status: 'paid' })
  emit(world, 'charge.captured', charge)
  emit(world, 'payment_intent.succeeded', captured)
  return captured
}
