import type {
  Stripe,
  StripeElements,
  StripeElementsOptionsClientSecret,
  StripeError,
} from '@stripe/stripe-js'
import type { IntentPage } from '../../browser-intents'
import { IntegrationError } from '../api-client'
import type { BillingDetails, Collected, ElementKind, ElementState } from '../protocol'
import type { ElementMode, HostElement } from './element'
import { type ElementSet, elementSet } from './element-set'
import { offeredMethods, savedMethod } from './element-state'
import { type Environment, intentOfSecret, postIntent } from './intent-api'
import { resolveLocale } from './locale'

type Options = StripeElementsOptionsClientSecret & { mode?: unknown }
type Named = string | { __elementType?: string }

/** What `confirmPayment` and `confirmSetup` need of the elements they are given. */
export type ElementsGroup = {
  secret: string
  customerSession: string | undefined
  /** The first thing that is wrong, shown in its element; null where everything is filled in well. */
  check: () => Promise<StripeError | null>
  collect: (billing: BillingDetails) => Promise<Collected>
  lock: (locked: boolean) => void
}

const groups = new WeakMap<object, ElementsGroup>()

/** The group behind an `elements` object. Throws IntegrationError for any other object. */
export function groupOf(elements: object): ElementsGroup {
  const group = groups.get(elements)
  if (group) return group
  throw new IntegrationError('`elements` must be what `stripe.elements()` returned.')
}

function stateOf({ intent, account, customer }: IntentPage, members: HostElement[]): ElementState {
  const { currency = '', setup_future_usage = null } = intent as {
    currency?: string
    setup_future_usage?: string | null
  }
  return {
    methods: offeredMethods.filter((type) => intent.payment_method_types.includes(type)),
    saved: (customer?.saved_payment_methods ?? []).map(savedMethod),
    canRemove: false,
    offersSave: customer?.features?.payment_method_save === 'enabled',
    reuses: intent.id.startsWith('seti_') || setup_future_usage !== null,
    needsMethod: true,
    wallets: [],
    currency,
    currencies: [],
    collectsTaxId: false,
    taxIdInfo: null,
    merchant: account.display_name,
    email: null,
    emailLocked: false,
    phone: null,
    billingAddress: null,
    shippingAddress: null,
    shippingCountries: null,
    asksPhone: false,
    addressElsewhere: members.some(({ mode }) => mode === 'billing'),
  }
}

function invalid(message: string): StripeError {
  return { type: 'validation_error', code: 'incomplete', message }
}

function groupFor(secret: string, customerSession: string | undefined, elements: ElementSet): ElementsGroup {
  const mounted = () => elements.all.filter((element) => element.isMounted())
  return {
    secret,
    customerSession,
    check: async () => {
      const answers = await Promise.all(
        mounted().map(async (element) => ({
          element,
          ...(await element.call('validate', { focus: false })),
        })),
      )
      const wrong = answers.find(({ message }) => message !== null)
      await wrong?.element.takeFocusAtProblem()
      return wrong ? invalid(wrong.message ?? '') : null
    },
    collect: async (billing) => {
      const payment = mounted().find(({ kind }) => kind === 'payment')
      if (!payment) throw new IntegrationError('Mount a Payment Element or pass `payment_method`.')
      const defaults = payment.options().defaultValues as { billingDetails?: BillingDetails } | undefined
      const address = mounted()
        .find(({ mode }) => mode === 'billing')
        ?.value() as BillingDetails | undefined
      return payment.call('collect', { ...defaults?.billingDetails, ...address, ...billing })
    },
    lock: (locked) => {
      for (const element of elements.all) element.send({ type: 'lock', locked })
    },
  }
}

/** `stripe.elements({ clientSecret })`: elements for an intent that has no checkout session. */
export function elementsGroup(
  { origin, key, locale }: Environment & { locale: string },
  options: Options,
): ReturnType<Stripe['elements']> {
  const { clientSecret, customerSessionClientSecret: customerSession } = options
  if (options.mode !== undefined || !clientSecret) {
    throw new IntegrationError('The sandbox makes elements for the `clientSecret` of an intent only.')
  }
  intentOfSecret(clientSecret)
  let latest: IntentPage | null = null
  const ignore = () => undefined
  const elements = elementSet({
    origin,
    key,
    locale: options.locale ? resolveLocale(options.locale) : locale,
    loader: options.loader !== 'never',
    appearance: options.appearance ?? {},
    fonts: options.fonts ?? [],
    carrier: options.syncAddressCheckbox ?? 'billing',
    state: (members) => latest && stateOf(latest, members),
    onChange: ignore,
    onRemove: ignore,
    onPress: ignore,
    onCurrency: ignore,
    onMembers: ignore,
  })
  const load = async () => {
    const body = customerSession ? { customer_session_client_secret: customerSession } : {}
    try {
      latest = await postIntent({ origin, key }, clientSecret, 'retrieve', body)
      elements.share()
      return {}
    } catch (error) {
      const message = error instanceof Error ? error.message : 'The intent could not be loaded.'
      for (const element of elements.all) element.fail(message)
      return { error: { message } }
    }
  }
  void load()

  const offered: ElementKind[] = ['payment', 'address', 'contactDetails']
  const kindOf = (named: Named): ElementKind => {
    const name = typeof named === 'string' ? named : named.__elementType
    const kind = offered.find((each) => each === name)
    if (!kind) throw new IntegrationError(`The sandbox has no ${String(name)} element outside of Checkout.`)
    return kind
  }
  const modeOf = (kind: ElementKind, given: { mode?: ElementMode } | undefined) =>
    kind === 'address' ? (given?.mode ?? 'billing') : null

  const group = groupFor(clientSecret, customerSession, elements)
  const handlers: (() => void)[] = []
  const facade = {
    create: (named: Named, given?: { mode?: ElementMode }) => {
      const kind = kindOf(named)
      return elements.create(kind, modeOf(kind, given), given)
    },
    getElement: (named: Named, given?: { mode?: ElementMode }) => {
      const kind = kindOf(named)
      return elements.find(kind, modeOf(kind, given))
    },
    update: async (changes: Pick<Options, 'appearance' | 'fonts'>) => {
      if (changes.appearance) elements.changeAppearance(changes.appearance)
      if (changes.fonts) elements.loadFonts(changes.fonts)
      for (const handler of handlers) handler()
    },
    on: (_event: 'update-end', handler: () => void) => {
      handlers.push(handler)
    },
    fetchUpdates: load,
    submit: async () => {
      const error = await group.check()
      if (error) return { error }
      const { type } = (elements.all.find(({ kind }) => kind === 'payment')?.value() ?? {}) as {
        type?: string
      }
      return { selectedPaymentMethod: type ?? '' }
    },
  } satisfies Record<keyof StripeElements, unknown>
  groups.set(facade, group)
  return facade as unknown as StripeElements
}
