import { cardError, invalidRequest } from '../http/errors'
import type { Records } from '../state/records'
import type { World } from '../world'
import { confirmIntent, type Intent, type Outcome, resumeIntent } from './intent'
import { findPaymentMethod, requireUnspent } from './payment-method'
import { keepForLater } from './reusable'
import { confirmSetup, resumeSetup, type Setup, type SetupOutcome } from './setup'

type Method = Records['payment_method']

/** How an intent without a checkout session is confirmed, by a server or by Stripe.js. */
export type Attempt = {
  payment_method?: string | undefined
  return_url?: string | undefined
  off_session?: boolean | undefined
}

const confirmable = ['requires_payment_method', 'requires_confirmation', 'requires_action']

/** The method an attempt names, or the one the intent has; throws Stripe's 400s. */
function methodFor(world: World, intent: Intent | Setup, asked: string | undefined): Method {
  const [name, code] =
    intent.object === 'setup_intent'
      ? ['SetupIntent', 'setup_intent_unexpected_state']
      : ['PaymentIntent', 'payment_intent_unexpected_state']
  if (!confirmable.includes(intent.status)) {
    const message = `You cannot confirm this ${name} because it has a status of ${intent.status}.`
    throw invalidRequest(message, { code })
  }
  const id = asked ?? (intent.payment_method as string | null)
  if (id === null) {
    const message = `You cannot confirm this ${name} because it's missing a payment method. Update the ${name} with a payment method and then confirm it again.`
    throw invalidRequest(message, { code })
  }
  const method = findPaymentMethod(world, id)
  if (!intent.payment_method_types.includes(method.type)) {
    const message = `The payment method type "${method.type}" is not available for this ${name}.`
    throw invalidRequest(message, { param: 'payment_method' })
  }
  if (method.customer === null) requireUnspent(world, method.id)
  else if (method.customer !== intent.customer) {
    const message = `The provided PaymentMethod belongs to a customer. Please include the Customer in the \`customer\` parameter on the ${name}.`
    throw invalidRequest(message, { param: 'payment_method' })
  }
  return method
}

/** The error Stripe answers with: the intent as it is now and the method stand in it. */
function refuse(
  world: World,
  intent: Intent | Setup,
  method: string | null,
  error: Extract<Outcome | SetupOutcome, { type: 'failed' }>['error'],
): never {
  const { code, decline_code, message, charge } = error
  throw cardError(message ?? '', {
    ...(code ? { code } : {}),
    ...(decline_code ? { decline_code } : {}),
    ...(charge ? { charge } : {}),
    ...(intent.object === 'setup_intent' ? { setup_intent: intent } : { payment_intent: intent }),
    ...(method ? { payment_method: world.store.need('payment_method', method) } : {}),
  })
}

function concludePayment(world: World, id: string, method: string, outcome: Outcome): Intent {
  const intent = world.store.need('payment_intent', id)
  if (outcome.type === 'failed') refuse(world, intent, method, outcome.error)
  if (outcome.type === 'requires_action' || intent.customer === null || !intent.setup_future_usage) {
    return intent
  }
  const { saves } = world.store.need('payment_intent_state', id)
  const charge = intent.latest_charge as string
  keepForLater(world, method, intent.customer as string, charge, saves ? 'always' : undefined)
  return intent
}

/** Confirms a payment intent that has no session. Throws the card error of a decline, which keeps its traces. */
export function confirmPayment(world: World, id: string, attempt: Attempt): Intent {
  const method = methodFor(world, world.store.need('payment_intent', id), attempt.payment_method).id
  world.store.patch('payment_intent_state', id, { return_url: attempt.return_url ?? null })
  return concludePayment(world, id, method, confirmIntent(world, id, method, attempt.off_session))
}

/** Confirms a setup intent that has no session. Throws the card error of a decline, which keeps its traces. */
export function confirmSetupIntent(world: World, id: string, attempt: Attempt): Setup {
  const method = methodFor(world, world.store.need('setup_intent', id), attempt.payment_method).id
  world.store.patch('setup_intent_state', id, { return_url: attempt.return_url ?? null })
  return concludeSetup(world, id, method, confirmSetup(world, id, method))
}

function concludeSetup(world: World, id: string, method: string, outcome: SetupOutcome): Setup {
  const setup = world.store.need('setup_intent', id)
  if (outcome.type === 'failed') refuse(world, setup, method, outcome.error)
  return setup
}

/** Goes on with an intent without a session after its buyer acted; throws the error of a refusal. */
export function resumeStandalone(world: World, id: string, isApproved: boolean): void {
  const isSetup = id.startsWith('seti_')
  const { attempt } = world.store.need(isSetup ? 'setup_intent_state' : 'payment_intent_state', id)
  if (attempt === null) {
    const code = isSetup ? 'setup_intent_unexpected_state' : 'payment_intent_unexpected_state'
    throw invalidRequest("This intent's status is not requires_action.", { code })
  }
  if (isSetup) concludeSetup(world, id, attempt, resumeSetup(world, id, isApproved))
  else concludePayment(world, id, attempt, resumeIntent(world, id, isApproved))
}
