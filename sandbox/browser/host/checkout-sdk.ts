import type {
  StripeCheckoutElementsSdk,
  StripeCheckoutElementsSdkOptions,
  StripeCheckoutLoadActionsResult,
} from '@stripe/stripe-js'
import type { PageState } from '../../browser-api'
import { IntegrationError } from '../api-client'
import { checkoutActions } from './actions'
import { checkoutStore } from './checkout-store'
import { collectedBy } from './collected'
import { contactSync } from './contact-sync'
import { elementSet } from './element-set'
import { elementState } from './element-state'
import { emptyElement, notOffered } from './empty-element'
import { hasWhatItAsks } from './requirements'
import { billingContact, sessionEmail, shippingContact } from './session-view'
import { totalGuard } from './total-guard'
import { wallet } from './wallet-sheet'

type Environment = { origin: string; key: string; locale: string }

/** What `defaultValues` adds to a freshly loaded session; nothing that is known already is replaced. */
function defaultsFor(
  state: PageState,
  defaults: NonNullable<StripeCheckoutElementsSdkOptions['defaultValues']>,
): Record<string, unknown>[] {
  const { email, phoneNumber, billingAddress, shippingAddress } = defaults
  return [
    ...(email && !state.email_locked && !sessionEmail(state) ? [{ email }] : []),
    ...(phoneNumber && !state.session.customer_details?.phone ? [{ phone: phoneNumber }] : []),
    ...(billingAddress && !billingContact(state) ? [{ billing_address: billingAddress }] : []),
    ...(shippingAddress && !shippingContact(state) ? [{ shipping_address: shippingAddress }] : []),
  ]
}

/** `stripe.initCheckoutElementsSdk()`: loads the session at once and hands out elements before it is there. */
export function initCheckoutElementsSdk(
  { origin, key, locale }: Environment,
  options: StripeCheckoutElementsSdkOptions,
): StripeCheckoutElementsSdk {
  const { clientSecret } = options
  if (typeof clientSecret === 'string' && !clientSecret.includes('_secret_')) {
    throw new IntegrationError('`clientSecret` must be the client secret of a Checkout Session.')
  }
  let latest: PageState | null = null
  const guard = totalGuard()
  const keeping = options.elementsOptions?.savedPaymentMethod

  const store = checkoutStore({
    origin,
    key,
    locale,
    clientSecret,
    guard,
    isReady: (state) =>
      state.session.status === 'open' &&
      !sync.waiting() &&
      hasWhatItAsks(state) &&
      elements.all.every((element) => element.isComplete()),
    onState: (state) => {
      latest = state
      elements.share()
      sheet.refresh()
    },
  })
  const sync = contactSync(() => store)
  const sheet = wallet({ origin, key, locale, store: () => store })
  const elements = elementSet({
    origin,
    key,
    locale,
    loader: options.elementsOptions?.loader !== 'never',
    appearance: options.elementsOptions?.appearance ?? {},
    fonts: options.elementsOptions?.fonts ?? [],
    carrier: options.elementsOptions?.syncAddressCheckbox ?? 'billing',
    state: (members) => latest && elementState(latest, members, keeping),
    onChange: (element) => {
      const change = latest && collectedBy(element, latest)
      if (change) sync.note(change)
      store.touch()
    },
    onRemove: async (element, method) => {
      const send = () => store.send('remove_payment_method', { payment_method: method.id })
      const error = await store.enqueue(send).then(
        () => null,
        (cause: unknown) => (cause instanceof Error ? cause.message : 'The method was not removed.'),
      )
      const outcome = error === null ? { success: true } : { success: false, error }
      element.emit('savedpaymentmethodremove', { ...outcome, payment_method: method.shown })
    },
    onPress: sheet.press,
    onMembers: () => store.touch(),
  })
  const context = { origin, store, guard, sync, wallet: sheet, elements: () => elements.all }
  const { create, find } = elements

  let ready: Promise<StripeCheckoutLoadActionsResult> | null = null
  const load = async (): Promise<StripeCheckoutLoadActionsResult> => {
    try {
      await store.load()
      const isOpen = store.state().session.status === 'open'
      for (const value of isOpen ? defaultsFor(store.state(), options.defaultValues ?? {}) : []) {
        // A default the sandbox refuses (a half address) is left out: the buyer fills it in.
        await store.enqueue(() => store.send('update', value)).catch(() => undefined)
      }
      return { type: 'success', actions: checkoutActions(context) }
    } catch (error) {
      ready = null
      const message = error instanceof Error ? error.message : 'The session could not be loaded.'
      for (const element of elements.all) element.fail(message)
      return { type: 'error', error: { message, code: null } }
    }
  }
  const loadActions = () => {
    ready ??= load()
    return ready
  }
  void loadActions()

  const currencySelector = emptyElement('currencySelector')
  return {
    on: (_event, handler) => store.subscribe(handler),
    loadActions,
    changeAppearance: elements.changeAppearance,
    loadFonts: elements.loadFonts,
    getPaymentElement: () => find('payment', null),
    getBillingAddressElement: () => find('address', 'billing'),
    getShippingAddressElement: () => find('address', 'shipping'),
    getContactDetailsElement: () => find('contactDetails', null) as never,
    getExpressCheckoutElement: () => find('expressCheckout', null) as never,
    getCurrencySelectorElement: currencySelector.get,
    getTaxIdElement: () => null,
    getTermsElement: () => null,
    getLinkSignupElement: () => null,
    createPaymentElement: (elementOptions) => create('payment', null, elementOptions),
    createBillingAddressElement: (elementOptions) => create('address', 'billing', elementOptions),
    createShippingAddressElement: (elementOptions) => create('address', 'shipping', elementOptions),
    createContactDetailsElement: (elementOptions) => create('contactDetails', null, elementOptions) as never,
    createExpressCheckoutElement: (elementOptions) =>
      create('expressCheckout', null, elementOptions) as never,
    createCurrencySelectorElement: currencySelector.create,
    createTaxIdElement: notOffered('The Tax ID Element'),
    createTermsElement: notOffered('The Terms Element'),
    createLinkSignupElement: notOffered('The Link Signup Element'),
  }
}
