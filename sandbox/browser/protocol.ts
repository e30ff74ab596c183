import type {
  Appearance,
  CssFontSource,
  CustomFontSource,
  StripeCheckoutTaxIdInfo,
  StripePaymentElementChangeEvent,
} from '@stripe/stripe-js'

export type Font = CssFontSource | CustomFontSource
export type ElementKind =
  | 'payment'
  | 'contactDetails'
  | 'address'
  | 'expressCheckout'
  | 'taxId'
  | 'currencySelector'

export type Contact = {
  name?: string | null
  address: {
    country: string
    line1?: string | null
    line2?: string | null
    city?: string | null
    postal_code?: string | null
    state?: string | null
  }
}

/** A method the session's customer has used before. `shown` is what the page may see of it. */
export type SavedMethod = {
  id: string
  type: string
  brand: string
  last4: string
  expMonth: number | null
  expYear: number | null
  shown: SavedMethodShown
}

/** The part of a saved method in Stripe.js's events. */
export type SavedMethodShown = NonNullable<StripePaymentElementChangeEvent['value']['payment_method']>

/** What an element shows of the session; sent again whenever it changes. */
export type ElementState = {
  methods: string[]
  saved: SavedMethod[]
  canRemove: boolean
  /** The buyer may ask for the method to be kept. */
  offersSave: boolean
  /** The method will be charged again later. */
  reuses: boolean
  /** false where nothing is due and nothing has to be kept. */
  needsMethod: boolean
  /** Wallets this browser has, by Stripe's name for an express payment. */
  wallets: string[]
  currency: string
  /** What the total is in every currency the buyer may choose; empty where there is no choice. */
  currencies: { currency: string; amount: string }[]
  collectsTaxId: boolean
  taxIdInfo: StripeCheckoutTaxIdInfo | null
  merchant: string
  email: string | null
  emailLocked: boolean
  phone: string | null
  billingAddress: Contact | null
  shippingAddress: Contact | null
  /** Where goods may be sent; null: everywhere. */
  shippingCountries: string[] | null
  /** The session needs a phone number. */
  asksPhone: boolean
  /** A billing address element is on the page, so that the payment element asks for none. */
  addressElsewhere: boolean
}

export type ElementSetup = {
  kind: ElementKind
  mode: 'billing' | 'shipping' | null
  key: string
  /** BCP 47 tag, resolved. */
  locale: string
  loader: boolean
  appearance: Appearance
  fonts: Font[]
  options: Record<string, unknown>
}

export type BillingDetails = {
  name?: string | null
  email?: string | null
  phone?: string | null
  address?: Partial<Contact['address']> | null
}

/** `message` is null where everything is filled in well. */
export type Validation = { message: string | null }
export type Collected =
  | { type: 'payment_method'; id: string; save: boolean }
  | { type: 'nothing' }
  | { type: 'invalid'; message: string }
  | { type: 'missing'; field: string }

/** What stands in the other address element, for the box that says both are the same. */
export type Twin = {
  complete: boolean
  value: { name: string; phone?: string; address: Contact['address'] }
}

/** Questions the page asks an element, and their answers. */
export type Calls = {
  validate: { argument: { focus: boolean }; answer: Validation }
  collect: { argument: BillingDetails; answer: Collected }
  value: { argument: null; answer: Record<string, unknown> }
}

export type ToFrame =
  | { type: 'state'; state: ElementState }
  | { type: 'appearance'; appearance: Appearance }
  | { type: 'fonts'; fonts: Font[] }
  | { type: 'options'; options: Record<string, unknown> }
  | { type: 'focus' }
  | { type: 'blur' }
  | { type: 'clear' }
  | { type: 'collapse' }
  | { type: 'twin'; twin: Twin | null }
  | { type: 'lock'; locked: boolean }
  | { type: 'problem'; code: string; message: string }
  | { type: 'call'; id: number; name: keyof Calls; argument: unknown }

export type FromFrame =
  | { type: 'hello'; title: string }
  | { type: 'height'; height: number }
  | { type: 'dark'; dark: boolean }
  | { type: 'ready'; announcement: Record<string, unknown> }
  | { type: 'press' }
  | { type: 'currency'; currency: string }
  | { type: 'remove'; id: string }
  | { type: 'event'; name: 'focus' | 'blur' | 'escape' }
  | { type: 'change'; complete: boolean; empty: boolean; fields: Record<string, unknown> }
  | { type: 'answer'; id: number; answer: unknown }

/** First message into an iframe; the port comes with it. */
export type Connect = { type: 'sandbox:connect'; setup: ElementSetup }
