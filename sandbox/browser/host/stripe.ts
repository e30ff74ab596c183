import type { Stripe, StripeConstructor, StripeConstructorOptions } from '@stripe/stripe-js'
import { IntegrationError } from '../api-client'
import { initCheckoutElementsSdk } from './checkout-sdk'
import { elementsGroup } from './elements-group'
import { intentMethods } from './intents'
import { resolveLocale } from './locale'
import { notOffered } from './not-offered'

const script = document.currentScript
const origin = script instanceof HTMLScriptElement ? new URL(script.src).origin : window.location.origin

/** Methods the wrapper libraries look for, and the sandbox does not play. */
const absent = [
  'createToken',
  'createPaymentMethod',
  'createConfirmationToken',
  'confirmCardPayment',
  'initCheckoutFormSdk',
  'createEmbeddedCheckoutPage',
] as const satisfies readonly (keyof Stripe)[]

const ignore = () => undefined

function createStripe(key: string, options: StripeConstructorOptions = {}): Stripe {
  if (typeof key !== 'string' || !key.startsWith('pk_')) {
    throw new IntegrationError(
      'Pass your publishable key (`pk_test_…`) to `Stripe()`; a secret key never belongs here.',
    )
  }
  if (key.startsWith('pk_live_')) {
    throw new IntegrationError('This is the sandbox: it takes test keys only, never a live one.')
  }
  const locale = resolveLocale(options.locale)
  const environment = { origin, key, locale }
  const offered: Pick<Stripe, 'initCheckoutElementsSdk' | 'elements' | 'registerAppInfo'> & {
    _registerWrapper: () => void
  } = {
    initCheckoutElementsSdk: (sdkOptions) => initCheckoutElementsSdk(environment, sdkOptions),
    elements: (groupOptions = {}) => elementsGroup(environment, groupOptions as { clientSecret?: string }),
    registerAppInfo: ignore,
    _registerWrapper: ignore,
  }
  const refusals = Object.fromEntries(absent.map((name) => [name, notOffered(`stripe.${name}()`)]))
  return { ...refusals, ...intentMethods(environment), ...offered } as unknown as Stripe
}

// A plain function: the loader calls it with `apply`, which a class would refuse.
const construct: StripeConstructor = (key, options) => createStripe(key, options)

window.Stripe ??= Object.assign(construct, { version: 'endive' })
