import type {
  StripeCheckoutElementsSdk,
  StripeCheckoutElementsSdkOptions,
  StripeCheckoutLoadActionsResult,
} from '@stripe/stripe-js'
import type { PageState } from '../../browser-api'
import { ApiError, IntegrationError } from '../api-client'
import { checkoutActions } from './actions'
import { checkoutStore } from './checkout-store'
import { collectedBy } from './collected'
import { contactSync } from './contact-sync'
import { elementSet } from './element-set'
import { elementState } from './element-state'
import { notOffered } from './not-offered'
import { hasWhatItAsks } from './requirements'
import { billingContact, sessionEmail, shippingContact } from './session-view'
import { totalGuard } from './total-guard'
import { wallet } from './wallet-sheet'

type Contact = NonNullable<NonNullable<StripeCheckoutElementsSdkOptions['defaultValues']>['billingAddress']>

/** Half an address waits in its element for the rest. */
const isWhole = ({ name, address }: Contact) => Boolean(name && address.line1 && address.city)

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
    ...(billingAddress && isWhole(billingAddress) && !billingContact(state)
      ? [{ billing_address: billingAddress }]
      : []),
    ...(shippingAddress && isWhole(shippingAddress) && !shippingContact(state)
      ? [{ shipping_address: shippingAddress }]
      : []),
  ]
}

/** `stripe.initCheckoutElementsSdk()`: loads the session at once and hands out elements before it is there. */
export function initCheckoutElementsSdk(
  { origin, key, locale }: Environment,
  options: StripeCheckoutElementsSdkOptions,
): StripeCheckoutElementsSdk {
  const { clientSecret, defaultValues: defaults = {} } = options
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
      !taxSync.waiting() &&
      hasWhatItAsks(state) &&
      elements.all.every((element) => element.isComplete()),
    onState: (state) => {
      latest = state
      elements.share()
      sheet.refresh()
    },
  })
  const sync = contactSync(() => store)
  // Alone, so that a number that is refused takes nothing else with it.
  const taxSync = contactSync(
    () => store,
    (error) => {
      const element = elements.all.find(({ kind }) => kind === 'taxId')
      if (!(error instanceof ApiError)) return
      element?.send({ type: 'problem', code: error.code ?? '', message: error.message })
    },
  )
  const sheet = wallet({ origin, key, locale, store: () => store })
  const elements = elementSet({
    origin,
    key,
    locale,
    loader: options.elementsOptions?.loader !== 'never',
    appearance: options.elementsOptions?.appearance ?? {},
    fonts: options.elementsOptions?.fonts ?? [],
    carrier: options.elementsOptions?.syncAddressCheckbox ?? 'billing',
    state: (members) => latest && elementState(latest, members, keeping, locale),
    onChange: (element) => {
      const change = latest && collectedBy(element, latest)
      if (change) (element.kind === 'taxId' ? taxSync : sync).note(change)
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
    onCurrency: (currency) => {
      const send = () => store.send('update', { currency })
      // A refusal puts the choice back where the session stands.
      store.enqueue(send).catch(elements.share)
    },
    onMembers: () => store.touch(),
  })
  const context = {
    origin,
    store,
    guard,
    syncs: [sync, taxSync],
    wallet: sheet,
    elements: () => elements.all,
  }
  const { create, find } = elements

  let ready: Promise<StripeCheckoutLoadActionsResult> | null = null
  const load = async (): Promise<StripeCheckoutLoadActionsResult> => {
    try {
      await store.load()
      const isOpen = store.state().session.status === 'open'
      for (const value of isOpen ? defaultsFor(store.state(), defaults) : []) {
        // A default the sandbox refuses is left out: the buyer fills it in.
        await store.enqueue(() => store.send('update', value)).catch(() => undefined)
      }
      if (isOpen && options.adaptivePricing?.allowed && store.state().session.adaptive_pricing?.enabled) {
        await store.enqueue(() => store.send('update', { adaptive_pricing: true }))
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
    getCurrencySelectorElement: () => find('currencySelector', null) as never,
    getTaxIdElement: () => find('taxId', null) as never,
    getTermsElement: () => null,
    getLinkSignupElement: () => null,
    createPaymentElement: (elementOptions) => create('payment', null, elementOptions),
    createBillingAddressElement: (elementOptions) =>
      create('address', 'billing', { ...elementOptions, defaultValues: defaults.billingAddress }),
    createShippingAddressElement: (elementOptions) =>
      create('address', 'shipping', { ...elementOptions, defaultValues: defaults.shippingAddress }),
    createContactDetailsElement: (elementOptions) => create('contactDetails', null, elementOptions) as never,
    createExpressCheckoutElement: (elementOptions) =>
      create('expressCheckout', null, elementOptions) as never,
    createCurrencySelectorElement: () => create('currencySelector', null) as never,
    createTaxIdElement: (elementOptions) => create('taxId', null, elementOptions) as never,
    createTermsElement: notOffered('The Terms Element'),
    createLinkSignupElement: notOffered('The Link Signup Element'),
  }
}
