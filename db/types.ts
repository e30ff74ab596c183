/** Shapes kept in jsonb columns. Amounts are integer minor units of the currency beside them. */

export type Recurring = { interval: 'day' | 'week' | 'month' | 'year'; interval_count: number }

/** How long shipping takes; an open end is null (Stripe API, Shipping Rates). */
export type DeliveryEstimate = { minimum: Duration | null; maximum: Duration | null }
export type Duration = { unit: 'hour' | 'day' | 'business_day' | 'week' | 'month'; value: number }

export type CustomUnitAmount = { preset: number | null; minimum: number | null; maximum: number | null }

/** The URL codes of one visit (Stripe Payment Links, URL parameters). Absent means absent, never empty. */
export type Tracking = {
  utm_source?: string
  utm_medium?: string
  utm_campaign?: string
  utm_term?: string
  utm_content?: string
}

/** A URL value that was not kept, in words the merchant can act on. */
export type DroppedParameter = { parameter: string; reason: string }

export type LinkItem = {
  price: string
  quantity: number
  adjustable_quantity: { enabled: boolean; minimum: number; maximum: number }
}

/** When and how much a link sells. Absent means unlimited. */
export type Restrictions = {
  completed_sessions?: { limit: number } | undefined
  /** Unix seconds. */
  starts_at?: number | undefined
  ends_at?: number | undefined
  /** How many of a price the link sells in all, counted from when it was first given here. */
  inventory?: Record<string, number> | undefined
  per_buyer?: { limit: number } | undefined
}

/** Places by what they are places of: `{ sessions: 1, 'price:price_…': 2 }`. */
export type Places = Record<string, number>

/** Offered beside the items; a buyer may always leave it out. */
export type OptionalItem = LinkItem

/** One question of the merchant's. `minimum` and `maximum` are lengths, as Stripe has them. */
export type CustomField = {
  key: string
  label: string
  optional: boolean
} & (
  | {
      type: 'text' | 'numeric' | 'long_text'
      minimum: number | null
      maximum: number | null
      default_value: string | null
    }
  | { type: 'dropdown'; options: { label: string; value: string }[]; default_value: string | null }
  | { type: 'checkbox'; default_value: boolean }
  /** ISO dates, `2026-11-22`. */
  | { type: 'date'; earliest: string | null; latest: string | null; default_value: string | null }
)

/** What was answered, by key. A question that was left open is not in it. */
export type Answers = Record<string, string | boolean>

/** An answer as it is frozen on an order, with the words of the version it was asked in. */
export type AnsweredField = Pick<CustomField, 'key' | 'label' | 'type'> & {
  value: string | boolean | null
  /** The label of the chosen option of a dropdown. */
  chosen?: string
}

export type PostalAddress = Record<
  'line1' | 'line2' | 'city' | 'postal_code' | 'state' | 'country',
  string | null
>

/** Who bought and where it goes, as far as the link asked; Stripe's words. */
export type BuyerDetails = {
  address: PostalAddress | null
  shipping: { name: string | null; address: PostalAddress } | null
  individual_name: string | null
  business_name: string | null
  tax_ids: { type: string; value: string | null }[]
}

/** What a buyer agreed to. `version` names the terms as they were shown: addresses and text. */
export type Consent = {
  terms_of_service: 'accepted' | null
  promotions: 'opt_in' | 'opt_out' | null
  terms: { version: string; url: string | null; privacy_url: string | null; text: string | null } | null
  link_version: number
  /** ISO time of the server. */
  at: string
}

/** Plain text with line breaks; null where the merchant wrote nothing. */
export type CustomText = Record<
  'shipping_address' | 'submit' | 'after_submit' | 'terms_of_service_acceptance',
  string | null
>

export type BrandingSettings = {
  /** An https address. */
  logo: string | null
  button_color: string | null
  background_color: string | null
  border_style: 'rounded' | 'rectangular' | 'pill' | null
}

export type Collected = { enabled: boolean; optional: boolean }

/** A rate with what it costs: Stripe never changes the amount of a rate. */
export type ShippingOption = { shipping_rate: string }

/** At most one, as Stripe has it. With the box for codes beside it, it has to be a promotion code. */
export type LinkDiscount = { coupon: string } | { promotion_code: string }

export type PaymentIntentData = {
  description: string | null
  statement_descriptor: string | null
  statement_descriptor_suffix: string | null
  capture_method: 'automatic' | 'automatic_async' | 'manual'
  setup_future_usage: 'on_session' | 'off_session' | null
  metadata: Record<string, string>
}

export type SubscriptionData = {
  description: string | null
  trial_period_days: number | null
  /** What happens when a trial ends without a way to pay. */
  trial_end: 'cancel' | 'create_invoice' | 'pause'
  metadata: Record<string, string>
}

export type InvoiceCreation = {
  enabled: boolean
  invoice_data: {
    description: string | null
    footer: string | null
    custom_fields: { name: string; value: string }[]
    metadata: Record<string, string>
  }
}

/** All of a link that makes a version; Stripe's names (Stripe API, Payment Links). */
export type LinkConfig = {
  currency: string
  line_items: LinkItem[]
  optional_items: OptionalItem[]
  submit_type: 'auto' | 'pay' | 'book' | 'donate' | 'subscribe'
  allow_promotion_codes: boolean
  discounts: LinkDiscount[]
  custom_fields: CustomField[]
  custom_text: CustomText
  branding_settings: BrandingSettings | null
  billing_address_collection: 'auto' | 'required'
  shipping_address_collection: { allowed_countries: string[] } | null
  shipping_options: ShippingOption[]
  phone_number_collection: { enabled: boolean }
  name_collection: { individual: Collected; business: Collected }
  tax_id_collection: { enabled: boolean; required: 'never' | 'if_supported' }
  consent_collection: { terms_of_service: 'none' | 'required'; promotions: 'none' | 'auto' }
  automatic_tax: { enabled: boolean }
  adaptive_pricing: { enabled: boolean }
  payment_method_collection: 'always' | 'if_required'
  /** Null leaves the choice to Stripe. */
  allowed_payment_method_types: string[] | null
  subscription_data: SubscriptionData
  payment_intent_data: PaymentIntentData
  invoice_creation: InvoiceCreation
  customer_creation: 'always' | 'if_required'
  saved_payment_method_options: { payment_method_save: 'enabled' | 'disabled' }
  after_completion:
    | { type: 'hosted_confirmation'; hosted_confirmation: { custom_message: string | null } }
    | { type: 'redirect'; redirect: { url: string } }
  restrictions: Restrictions | null
  metadata: Record<string, string>
}

export type SnapshotItem = {
  price: string
  name: string
  unit_amount: number
  quantity: number
  /** The quantities a buyer may choose; both equal `quantity` where they may not. */
  minimum: number
  maximum: number
  /** Offered beside the others: may be left out. */
  optional?: boolean
  /** Nothing is due for it at first. */
  trial?: boolean
  /** The amount is the buyer's; such a line is of a price of its own and known by its product. */
  chosen?: { product: string; minimum: number; maximum: number }
}

/** What a session may charge, fixed when it is opened. What is absent may not be. */
export type ChargeSnapshot = {
  mode: 'payment' | 'subscription'
  currency: string
  items: SnapshotItem[]
  /** What may come off: whatever code the buyer has, or the link's own discount. */
  discount?: 'codes' | LinkDiscount
  /** The rates offered, in minor units. */
  shipping?: { shipping_rate: string; amount: number }[]
  automatic_tax?: boolean
}

export type OrderItem = {
  price: string | null
  name: string
  quantity: number
  unit_amount: number
  /** Before discount and tax; orders of before 2026-11-22 lack it. */
  amount_subtotal?: number
  amount_total: number
  recurring: Recurring | null
}

export type PaymentMethodSummary = { type: string; brand: string | null; last4: string | null }

/** What disputes mean for an order; `unknown` is a status Stripe has and this version does not know. */
export type DisputeState = 'opened' | 'unknown' | 'lost' | 'won'
