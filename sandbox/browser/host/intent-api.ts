import type { StripeError } from '@stripe/stripe-js'
import type { IntentPage } from '../../browser-intents'
import { ApiError, IntegrationError, postJson } from '../api-client'

export type Environment = { origin: string; key: string }

/** What a client secret names: `pi_…_secret_…` or `seti_…_secret_…`. */
export type IntentKind = 'payment_intent' | 'setup_intent'

/** Throws IntegrationError for what is no client secret of an intent. */
export function intentOfSecret(secret: unknown): { id: string; kind: IntentKind } {
  const [, id = ''] = /^((?:pi|seti)_[^_]+)_secret_/.exec(String(secret)) ?? []
  if (!id)
    throw new IntegrationError('`clientSecret` must be the client secret of a PaymentIntent or SetupIntent.')
  return { id, kind: id.startsWith('seti_') ? 'setup_intent' : 'payment_intent' }
}

/** Asks the sandbox about an intent, or to confirm it. Throws ApiError. */
export function postIntent(
  { origin, key }: Environment,
  secret: string,
  verb: 'retrieve' | 'confirm',
  body: Record<string, unknown> = {},
): Promise<IntentPage> {
  const { id, kind } = intentOfSecret(secret)
  return postJson(`${origin}/_js/${kind}s/${id}/${verb}`, { client_secret: secret, key, ...body })
}

/** A refusal as Stripe.js returns it. Throws on what is no answer of the sandbox. */
export function stripeError(error: unknown): StripeError {
  if (!(error instanceof ApiError)) throw error
  return { ...error.fields, message: error.message, type: error.type as StripeError['type'] }
}
