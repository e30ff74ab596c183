import type { ConfirmPaymentData, Stripe, StripeElements, StripeError } from '@stripe/stripe-js'
import type { IntentPage } from '../../browser-intents'
import { IntegrationError } from '../api-client'
import type { BillingDetails } from '../protocol'
import { type ElementsGroup, groupOf } from './elements-group'
import { type Environment, intentOfSecret, postIntent, stripeError } from './intent-api'
import { leaveFor } from './leave'
import { authenticate } from './next-action'

type ConfirmOptions = {
  elements?: StripeElements
  clientSecret?: string
  confirmParams?: Partial<ConfirmPaymentData>
  redirect?: 'always' | 'if_required'
}
type Failure = { error: StripeError }
type Shown = IntentPage['intent'] & {
  last_payment_error?: StripeError | null
  last_setup_error?: StripeError | null
}

/** The methods of `stripe` for intents without a checkout session. */
export type IntentMethods = Pick<
  Stripe,
  'confirmPayment' | 'confirmSetup' | 'retrievePaymentIntent' | 'retrieveSetupIntent' | 'handleNextAction'
>

function resultOf(secret: string, { intent }: IntentPage): object | Failure {
  const { kind } = intentOfSecret(secret)
  const { last_payment_error, last_setup_error, status } = intent as Shown
  const error = last_payment_error ?? last_setup_error
  if (status === 'requires_payment_method' && error) return { error: { ...error, [kind]: intent } }
  return kind === 'setup_intent' ? { setupIntent: intent } : { paymentIntent: intent }
}

/** The page's address with what became of the intent, as Stripe.js writes it. */
function returnAddress(secret: string, base: string): string {
  const { id, kind } = intentOfSecret(secret)
  const url = new URL(base, window.location.href)
  url.searchParams.set(kind, id)
  url.searchParams.set(`${kind}_client_secret`, secret)
  url.searchParams.set('redirect_status', 'succeeded')
  return url.href
}

async function act(origin: string, page: IntentPage): Promise<IntentPage> {
  const { next_action: action } = page
  if (!action) return page
  if (action.type === 'redirect') return leaveFor(new URL(action.url, origin).href)
  return authenticate<IntentPage>(action.url, origin)
}

function billingOf(params: Partial<ConfirmPaymentData>): BillingDetails {
  const { name, email, phone, address } = params.payment_method_data?.billing_details ?? {}
  return {
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
    ...(address ? { address: address as BillingDetails['address'] } : {}),
  }
}

async function methodFor(
  group: ElementsGroup | null,
  params: Partial<ConfirmPaymentData>,
): Promise<{ payment_method?: string; save_payment_method?: boolean } | Failure> {
  if (params.payment_method) return { payment_method: params.payment_method }
  if (!group) return {}
  const collected = await group.collect(billingOf(params))
  if (collected.type === 'payment_method') {
    return { payment_method: collected.id, save_payment_method: collected.save }
  }
  const message =
    collected.type === 'missing'
      ? `The Payment Element does not ask for ${collected.field}: pass it in \`payment_method_data.billing_details\`.`
      : collected.type === 'invalid'
        ? collected.message
        : 'Choose a way to pay.'
  return { error: { type: 'validation_error', message } }
}

async function attempt(
  environment: Environment,
  secret: string,
  group: ElementsGroup | null,
  { confirmParams = {}, redirect }: ConfirmOptions,
): Promise<object | Failure> {
  const method = await methodFor(group, confirmParams)
  if ('error' in method) return method
  const { return_url, receipt_email, setup_future_usage } = confirmParams
  const page = await postIntent(environment, secret, 'confirm', {
    ...method,
    return_url: return_url && new URL(return_url, window.location.href).href,
    receipt_email,
    setup_future_usage,
    customer_session_client_secret: group?.customerSession,
  })
  const result = resultOf(secret, await act(environment.origin, page))
  if ('error' in result || redirect === 'if_required' || !return_url) return result
  return leaveFor(returnAddress(secret, return_url))
}

/** `stripe.confirmPayment()` and `confirmSetup()`: results for what a buyer can mend, throws for the rest. */
function confirmer(environment: Environment) {
  return async (options: ConfirmOptions): Promise<object> => {
    const group = options.elements ? groupOf(options.elements) : null
    const secret = options.clientSecret ?? group?.secret ?? ''
    intentOfSecret(secret)
    if (options.redirect !== 'if_required' && !options.confirmParams?.return_url) {
      throw new IntegrationError('`confirmParams.return_url` is required unless `redirect` is `if_required`.')
    }
    const isGiven = options.confirmParams?.payment_method !== undefined
    const error = isGiven ? null : await group?.check()
    if (error) return { error }
    group?.lock(true)
    try {
      return await attempt(environment, secret, group, options)
    } catch (cause) {
      return { error: stripeError(cause) }
    } finally {
      group?.lock(false)
    }
  }
}

export function intentMethods(environment: Environment): IntentMethods {
  const retrieve = async (secret: string) => {
    try {
      const { intent } = await postIntent(environment, secret, 'retrieve')
      return intentOfSecret(secret).kind === 'setup_intent'
        ? { setupIntent: intent }
        : { paymentIntent: intent }
    } catch (error) {
      return { error: stripeError(error) }
    }
  }
  const handleNextAction = async ({ clientSecret }: { clientSecret: string }) => {
    try {
      const page = await postIntent(environment, clientSecret, 'retrieve')
      return resultOf(clientSecret, await act(environment.origin, page))
    } catch (error) {
      return { error: stripeError(error) }
    }
  }
  const confirm = confirmer(environment)
  return {
    confirmPayment: confirm,
    confirmSetup: confirm,
    retrievePaymentIntent: retrieve,
    retrieveSetupIntent: retrieve,
    handleNextAction,
  } as unknown as IntentMethods
}
