import { emit } from '../events'
import { newClientSecret, newId } from '../ids'
import type { Records } from '../state/records'
import type { World } from '../world'
import { declineOf } from './cards'
import { goesToBank } from './payment-method'
import { keepForLater } from './reusable'

export type Setup = Records['setup_intent']
type SetupError = NonNullable<Setup['last_setup_error']>

export type SetupFields = Pick<Setup, 'payment_method_types'> &
  Partial<Pick<Setup, 'customer' | 'description' | 'metadata' | 'usage'>>

/** What came of an attempt to set a method up. */
export type SetupOutcome =
  /** `kept` is the method for later charges: the one set up, or the SEPA debit a bank left behind. */
  | { type: 'succeeded'; kept: string }
  | { type: 'requires_action'; action: 'authenticate' | 'redirect'; url: string }
  | { type: 'failed'; error: SetupError }

/** Stores a setup intent; `session` ties it to a checkout session. */
export function createSetup(world: World, fields: SetupFields, session: string | null): Setup {
  const id = newId('seti_')
  const setup: Setup = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: { enabled: true, allow_redirects: 'always' },
    cancellation_reason: null,
    client_secret: newClientSecret(id),
    created: world.clock.seconds(),
    customer: fields.customer ?? null,
    customer_account: null,
    description: fields.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: fields.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: fields.payment_method_types,
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: fields.usage ?? 'off_session',
  }
  world.store.put('setup_intent', setup)
  world.store.put('setup_intent_state', { id, session, return_url: null, attempt: null, redisplay: null })
  emit(world, 'setup_intent.created', setup)
  return setup
}

function failSetup(world: World, id: string, error: SetupError): SetupOutcome {
  const failed = world.store.patch('setup_intent', id, {
    status: 'requires_payment_method',
    payment_method: null,
    last_setup_error: error,
    next_action: null,
  })
  world.store.patch('setup_intent_state', id, { attempt: null })
  emit(world, 'setup_intent.setup_failed', failed)
  return { type: 'failed', error }
}

function declined(world: World, id: string, method: string, declineCode: string): SetupOutcome {
  const { code, message } = declineOf(declineCode)
  return failSetup(world, id, {
    code: code as NonNullable<SetupError['code']>,
    decline_code: declineCode,
    doc_url: `https://docs.stripe.com/error-codes#${code.replaceAll('_', '-')}`,
    message,
    payment_method: world.store.need('payment_method', method),
    type: 'card_error',
  })
}

/** The method is ready for charges without its owner, and belongs to the customer where there is one. */
function finish(world: World, id: string, method: string): SetupOutcome {
  const { customer } = world.store.need('setup_intent', id)
  const { redisplay } = world.store.need('setup_intent_state', id)
  const kept =
    customer === null ? method : keepForLater(world, method, customer as string, null, redisplay ?? undefined)
  world.store.patch('payment_method_state', method, { set_up: true })
  world.store.patch('setup_intent_state', id, { attempt: null })
  const succeeded = world.store.patch('setup_intent', id, {
    status: 'succeeded',
    payment_method: method,
    last_setup_error: null,
    next_action: null,
  })
  emit(world, 'setup_intent.succeeded', succeeded)
  return { type: 'succeeded', kept }
}

function requireAction(
  world: World,
  id: string,
  method: string,
  action: 'authenticate' | 'redirect',
): SetupOutcome {
  const { session, return_url } = world.store.need('setup_intent_state', id)
  const secret =
    session === null
      ? world.store.need('setup_intent', id).client_secret
      : world.store.need('session_state', session).client_secret
  const query = new URLSearchParams({ setup_intent: id, client_secret: secret ?? '' })
  const url = `${world.origin()}/v3/${action}?${query}`
  const waiting = world.store.patch('setup_intent', id, {
    status: 'requires_action',
    payment_method: method,
    last_setup_error: null,
    next_action: { type: 'redirect_to_url', redirect_to_url: { url, return_url } },
  })
  world.store.patch('setup_intent_state', id, { attempt: method })
  emit(world, 'setup_intent.requires_action', waiting)
  return { type: 'requires_action', action, url }
}

/** Confirms a setup intent with a payment method that exists. */
export function confirmSetup(world: World, id: string, method: string): SetupOutcome {
  const { type } = world.store.need('payment_method', method)
  if (goesToBank(type)) return requireAction(world, id, method, 'redirect')
  const { behaviour, set_up: isSetUp } = world.store.need('payment_method_state', method)
  if (behaviour.startsWith('decline:')) return declined(world, id, method, behaviour.slice('decline:'.length))
  const asks =
    behaviour.startsWith('authenticate') && !(behaviour === 'authenticate_unless_set_up' && isSetUp)
  return asks ? requireAction(world, id, method, 'authenticate') : finish(world, id, method)
}

/** Goes on after the buyer acted. The setup has to be waiting (`requires_action`). */
export function resumeSetup(world: World, id: string, isApproved: boolean): SetupOutcome {
  const { attempt } = world.store.need('setup_intent_state', id)
  if (attempt === null) throw new Error(`${id} waits for nobody`)
  if (isApproved) {
    const { behaviour } = world.store.need('payment_method_state', attempt)
    if (behaviour === 'authenticate_then_decline') return declined(world, id, attempt, 'generic_decline')
    return finish(world, id, attempt)
  }
  return failSetup(world, id, {
    code: 'setup_intent_authentication_failure',
    message: 'The latest attempt to set up the payment method has failed because authentication failed.',
    payment_method: world.store.need('payment_method', attempt),
    type: 'invalid_request_error',
  })
}

/** Gives up a setup that waits for its buyer, as a change of its session does. */
export function abandonSetup(world: World, id: string | null): void {
  if (id === null || world.store.need('setup_intent_state', id).attempt === null) return
  world.store.patch('setup_intent_state', id, { attempt: null })
  const change = { status: 'requires_payment_method', payment_method: null, next_action: null } as const
  world.store.patch('setup_intent', id, change)
}

/** Ends a setup that did not succeed. */
export function cancelSetup(world: World, id: string, reason: Setup['cancellation_reason']): Setup {
  world.store.patch('setup_intent_state', id, { attempt: null })
  const canceled = world.store.patch('setup_intent', id, {
    status: 'canceled',
    cancellation_reason: reason,
    next_action: null,
  })
  emit(world, 'setup_intent.canceled', canceled)
  return canceled
}
