import type { Stripe, StripeConstructor, StripeConstructorOptions } from '@stripe/stripe-js'
import { IntegrationError } from '../api-client'
import { initCheckoutElementsSdk } from './checkout-sdk'
import { notOffered } from './empty-element'
import { resolveLocale } from './locale'

const script = document.currentScript
const origin = script instanceof HTMLScriptElement ? new URL(script.src).origin : window.location.origin

/** Methods the wrapper libraries look for, though the sandbox plays Checkout Sessions only. */
const absent = [
  'elements',
  'createToken',
  'createPaymentMethod',
  'createConfirmationToken',
  'confirmCardPayment',
  'confirmPayment',
  'confirmSetup',
  'handleNextAction',
  'retrievePaymentIntent',
  'retrieveSetupIntent',
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
  const offered: Pick<Stripe, 'initCheckoutElementsSdk' | 'registerAppInfo'> & {
    _registerWrapper: () => void
  } = {
    initCheckoutElementsSdk: (sdkOptions) => initCheckoutElementsSdk({ origin, key, locale }, sdkOptions),
    registerAppInfo: ignore,
    _registerWrapper: ignore,
  }
  const refusals = Object.fromEntries(absent.map((name) => [name, notOffered(`stripe.${name}()`)]))
  return { ...refusals, ...offered } as unknown as Stripe
}

// A plain function: the loader calls it with `apply`, which a class would refuse.
const construct: StripeConstructor = (key, options) => createStripe(key, options)

window.Stripe ??= Object.assign(construct, { version: 'endive' })
