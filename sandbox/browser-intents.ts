import type { PaymentIntent as ShownIntent, SetupIntent as ShownSetup } from '@stripe/stripe-js'
import { z } from 'zod'
import { type Body, read } from './browser-bodies'
import { invalidRequest, noSuch, StripeError } from './http/errors'
import type { NextAction } from './payments/intent'
import { type SavedMethod, savedMethods } from './payments/saved-methods'
import { type Attempt, confirmPayment, confirmSetupIntent } from './payments/standalone'
import type { Records } from './state/records'
import type { World } from './world'

type Intent = Records['payment_intent'] | Records['setup_intent']
type ElementFeatures = NonNullable<
  NonNullable<Records['customer_session']['session']['components']>['payment_element']['features']
>

/** All that Stripe.js knows of an intent it has the client secret of. */
export type IntentPage = {
  /** What `retrievePaymentIntent` or `retrieveSetupIntent` hands out: nothing a buyer should not see. */
  intent: object & { id: string; status: string; payment_method_types: string[] }
  account: { display_name: string }
  /** What the customer session allows, where the page passed one, and the cards it may show. */
  customer: { features: ElementFeatures | null; saved_payment_methods: SavedMethod[] } | null
  next_action: NextAction
}

const paymentFields = [
  ...(['id', 'object', 'amount', 'canceled_at', 'cancellation_reason', 'capture_method'] as const),
  ...(['client_secret', 'confirmation_method', 'created', 'currency', 'description'] as const),
  ...(['last_payment_error', 'livemode', 'next_action', 'payment_method', 'payment_method_types'] as const),
  ...(['receipt_email', 'setup_future_usage', 'shipping', 'status'] as const),
] satisfies readonly (keyof ShownIntent)[]

const setupFields = [
  ...(['id', 'object', 'cancellation_reason', 'client_secret', 'created', 'description'] as const),
  ...(['last_setup_error', 'livemode', 'next_action', 'payment_method', 'payment_method_types'] as const),
  ...(['status', 'usage'] as const),
] satisfies readonly (keyof ShownSetup)[]

/** An intent as a browser may see it: the properties Stripe.js declares, and no others. */
export function shownIntent(intent: Intent): IntentPage['intent'] {
  const fields: readonly string[] = intent.object === 'setup_intent' ? setupFields : paymentFields
  const entries = Object.entries(intent).filter(([name]) => fields.includes(name))
  return Object.fromEntries(entries) as IntentPage['intent']
}

const isSetup = (id: string) => id.startsWith('seti_')

function findIntent(world: World, id: string): Intent | undefined {
  return world.store.get(isSetup(id) ? 'setup_intent' : 'payment_intent', id)
}

/** The checkout session an intent belongs to; null where it stands alone. */
export function sessionOf(world: World, id: string): string | null {
  return world.store.get(isSetup(id) ? 'setup_intent_state' : 'payment_intent_state', id)?.session ?? null
}

/** The intent a client secret gives access to: its own, or the one of its session. Throws 404 for any other. */
export function intentOf(world: World, id: string, body: Body): Intent {
  const intent = findIntent(world, id)
  const session = sessionOf(world, id)
  const secret = session ? world.store.need('session_state', session).client_secret : intent?.client_secret
  if (!intent || secret !== body.client_secret) {
    throw noSuch(isSetup(id) ? 'setup_intent' : 'payment_intent', id, 'client_secret')
  }
  return intent
}

function nextActionOf(world: World, intent: Intent): NextAction {
  const url = intent.next_action?.redirect_to_url?.url
  if (intent.status !== 'requires_action' || !url) return null
  const { type } = world.store.need('payment_method', intent.payment_method as string)
  return { type: type === 'card' ? 'authenticate' : 'redirect', url }
}

function customerOf(world: World, intent: Intent, secret: string | undefined): IntentPage['customer'] {
  if (secret === undefined) return null
  const session = world.store.get('customer_session', secret)?.session
  if (!session || session.expires_at <= world.clock.seconds()) {
    const details = { code: 'customer_session_expired', param: 'customer_session_client_secret' }
    throw invalidRequest('The customer session has expired or does not exist.', details)
  }
  if (session.customer !== intent.customer) {
    const message = "The customer session is for another customer than the intent's."
    throw invalidRequest(message, { param: 'customer_session_client_secret' })
  }
  const features = session.components?.payment_element.features ?? null
  const shows = features?.payment_method_redisplay === 'enabled'
  const filters = shows ? features.payment_method_allow_redisplay_filters : []
  const saved = savedMethods(world, session.customer as string, filters)
  return { features, saved_payment_methods: saved.slice(0, features?.payment_method_redisplay_limit ?? 3) }
}

const pageBody = z.object({ customer_session_client_secret: z.string().optional() })

/** The state of an intent without a session as the browser gets it. */
export function intentPage(world: World, id: string, body: Body = {}): IntentPage {
  const intent = findIntent(world, id) as Intent
  const { customer_session_client_secret: secret } = read(pageBody, body)
  return {
    intent: shownIntent(intent),
    account: { display_name: 'Sandbox' },
    customer: customerOf(world, intent, secret),
    next_action: nextActionOf(world, intent),
  }
}

const confirmBody = z.object({
  payment_method: z.string().optional(),
  return_url: z.url({ protocol: /^https?$/ }).optional(),
  receipt_email: z.string().nullish(),
  setup_future_usage: z.enum(['off_session', 'on_session']).nullish(),
  save_payment_method: z.boolean().optional(),
})

/** Errors for a browser carry the intent as a browser may see it. */
function forBrowser<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof StripeError)) throw error
    const { payment_intent, setup_intent, ...details } = error.details
    throw new StripeError(
      error.status,
      error.type,
      error.message,
      {
        ...details,
        ...(payment_intent ? { payment_intent: shownIntent(payment_intent as Intent) } : {}),
        ...(setup_intent ? { setup_intent: shownIntent(setup_intent as Intent) } : {}),
      },
      error.keepsEffects,
    )
  }
}

function confirmWith(
  world: World,
  id: string,
  change: z.output<typeof confirmBody>,
  customer: IntentPage['customer'],
): void {
  const attempt: Attempt = { payment_method: change.payment_method, return_url: change.return_url }
  const saves = change.save_payment_method === true && customer?.features?.payment_method_save === 'enabled'
  if (isSetup(id)) {
    world.store.patch('setup_intent_state', id, { redisplay: saves ? 'always' : null })
    confirmSetupIntent(world, id, attempt)
    return
  }
  const before = world.store.need('payment_intent', id)
  const usage = saves ? (customer.features?.payment_method_save_usage ?? null) : null
  world.store.patch('payment_intent_state', id, { saves })
  world.store.patch('payment_intent', id, {
    receipt_email: change.receipt_email ?? before.receipt_email,
    setup_future_usage: change.setup_future_usage ?? usage ?? before.setup_future_usage,
  })
  confirmPayment(world, id, attempt)
}

function confirm(world: World, id: string, body: Body): IntentPage {
  const intent = intentOf(world, id, body)
  if (sessionOf(world, id) !== null) {
    const message = 'This intent was created by a Checkout Session: confirm the session instead.'
    throw invalidRequest(message, { code: 'payment_intent_unexpected_state' })
  }
  const { customer_session_client_secret: secret } = read(pageBody, body)
  const customer = customerOf(world, intent, secret)
  forBrowser(() => confirmWith(world, id, read(confirmBody, body), customer))
  return intentPage(world, id, body)
}

function retrieve(world: World, id: string, body: Body): IntentPage {
  intentOf(world, id, body)
  return intentPage(world, id, body)
}

/** Where a bank's page sends the buyer back to: the page's address with what became of the intent. */
export function returnTarget(world: World, id: string): string | null {
  const kind = isSetup(id) ? 'setup_intent' : 'payment_intent'
  const { return_url: back } = world.store.need(`${kind}_state`, id)
  if (back === null) return null
  const { status, client_secret: secret } = world.store.need(kind, id)
  const target = new URL(back)
  target.searchParams.set(kind, id)
  target.searchParams.set(`${kind}_client_secret`, secret ?? '')
  const failed = status === 'requires_payment_method' || status === 'canceled'
  target.searchParams.set('redirect_status', failed ? 'failed' : 'succeeded')
  return target.href
}

/** What `stripe.confirmPayment`, `confirmSetup` and their `retrieve…` twins call, by client secret. */
export const intentRoutes = ['payment_intents', 'setup_intents'].flatMap((kind) => [
  { path: `/_js/${kind}/:id/retrieve`, name: `js.${kind}.retrieve`, run: retrieve, secret: false },
  { path: `/_js/${kind}/:id/confirm`, name: `js.${kind}.confirm`, run: confirm, secret: false },
])
