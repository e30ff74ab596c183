import type Stripe from 'stripe'
import type { LinkConfig, Tracking } from '@/db/types'
import type { Locale } from '@/lib/i18n/locales'
import { sessionLocale } from '@/lib/i18n/stripe-locales'
import type { PublicItem } from '@/lib/links/offer'
import type { LinkParams } from '@/lib/links/params'
import { modeOf } from '@/lib/links/rules'
import { lineParams } from './line-params'

type Params = Stripe.Checkout.SessionCreateParams

type Opening = {
  sessionId: string
  link: { id: string; slug: string; version: number }
  config: LinkConfig
  items: PublicItem[]
  params: LinkParams
  /** A returning buyer, vouched for by a signature. */
  customer: string | null
  /** The one the page is read in. */
  language: Locale
  baseUrl: string
}

/**
 * The body of Stripe's "create a Checkout Session" (`ui_mode: elements`). It holds no clock and no randomness
 * of its own, is stored before it is sent, and is sent again unchanged. What `elements` refuses (custom fields and
 * texts, submit type, optional items, branding) is the page's own.
 */
export function sessionParams(opening: Opening): Params {
  const { config, items, params, link } = opening
  const mode = modeOf(items)
  const ours = ourMetadata(opening)
  const asked = params.locale ? `&locale=${params.locale}` : ''
  return {
    ui_mode: 'elements',
    mode,
    line_items: items.map((item) => lineParams(item, config.currency)),
    return_url: `${opening.baseUrl}/${link.slug}/return?session_id={CHECKOUT_SESSION_ID}${asked}`,
    locale: sessionLocale(opening.language),
    metadata: keptMetadata(ours, config.metadata),
    ...(params.client_reference_id && { client_reference_id: params.client_reference_id }),
    ...buyerParams(opening),
    ...priceParams(config, items),
    ...askingParams(config),
    ...savedMethodParams(opening),
    ...(mode === 'payment' ? paymentParams(opening, ours) : subscriptionParams(opening, ours)),
  }
}

/**
 * Stripe takes a customer or an address for a new one. What a known one tells anew is kept; expanded, they say
 * whether there is an e-mail.
 */
function buyerParams({ customer, params, config }: Opening): Partial<Params> {
  if (customer === null) {
    return { ...(params.locked_prefilled_email && { customer_email: params.locked_prefilled_email }) }
  }
  const shipping = config.shipping_address_collection && { shipping: 'auto' as const }
  return { customer, customer_update: { address: 'auto', name: 'auto', ...shipping }, expand: ['customer'] }
}

/** Codes, shipping, taxes, currencies. Stripe takes a discount of ours or the box for codes, not both: with the box the page applies ours. */
function priceParams(config: LinkConfig, items: PublicItem[]): Partial<Params> {
  // An amount the buyer types is of the link's currency; a converted one would be taken for it.
  const converts = config.adaptive_pricing.enabled && !items.some((item) => item.chosen)
  return {
    ...(config.allow_promotion_codes && { allow_promotion_codes: true }),
    ...(config.discounts.length > 0 && !config.allow_promotion_codes && { discounts: config.discounts }),
    ...(config.shipping_options.length > 0 && { shipping_options: config.shipping_options }),
    ...(config.automatic_tax.enabled && { automatic_tax: { enabled: true } }),
    // Left out, the account's dashboard would decide.
    adaptive_pricing: { enabled: converts },
    ...(config.allowed_payment_method_types && {
      allowed_payment_method_types:
        config.allowed_payment_method_types as Params['allowed_payment_method_types'],
    }),
  }
}

/** What Stripe asks for itself. Terms and promotions are asked on the page: their element is no public one. */
function askingParams(config: LinkConfig): Partial<Params> {
  const { shipping_address_collection: shipping, name_collection: names } = config
  return {
    ...(config.billing_address_collection === 'required' && { billing_address_collection: 'required' }),
    ...(shipping && {
      shipping_address_collection: shipping as Params['shipping_address_collection'],
    }),
    ...(config.phone_number_collection.enabled && { phone_number_collection: { enabled: true } }),
    ...((names.individual.enabled || names.business.enabled) && {
      name_collection: {
        ...(names.individual.enabled && { individual: names.individual }),
        ...(names.business.enabled && { business: names.business }),
      },
    }),
    ...(config.tax_id_collection.enabled && { tax_id_collection: { enabled: true } }),
  }
}

function paymentParams({ config, params, customer }: Opening, ours: Record<string, string>): Partial<Params> {
  const { capture_method, metadata: own, ...data } = config.payment_intent_data
  const { enabled, invoice_data: invoice } = config.invoice_creation
  const saves = config.saved_payment_method_options.payment_method_save === 'enabled'
  const keeps = saves || data.setup_future_usage !== null || config.customer_creation === 'always'
  return {
    payment_intent_data: {
      ...given(data),
      ...(capture_method !== 'automatic_async' && { capture_method }),
      // Known before the buyer has typed anything: their receipt then does not hang on Stripe's settings.
      ...(!customer && params.locked_prefilled_email && { receipt_email: params.locked_prefilled_email }),
      metadata: keptMetadata(ours, own, config.metadata),
    },
    ...(enabled && { invoice_creation: { enabled, invoice_data: given(invoice) } }),
    ...(keeps && customer === null && { customer_creation: 'always' }),
  }
}

function subscriptionParams({ config }: Opening, ours: Record<string, string>): Partial<Params> {
  const { description, trial_period_days, trial_end, metadata: own } = config.subscription_data
  return {
    subscription_data: {
      ...given({ description, trial_period_days }),
      ...(trial_period_days !== null && {
        trial_settings: { end_behavior: { missing_payment_method: trial_end } },
      }),
      metadata: keptMetadata(ours, own, config.metadata),
    },
    ...(config.payment_method_collection === 'if_required' && { payment_method_collection: 'if_required' }),
  }
}

/** Whether the box to keep a method is shown, and which kept ones a known buyer sees: by the box or by having paid. */
function savedMethodParams({ config, customer }: Opening): Partial<Params> {
  const saves = config.saved_payment_method_options.payment_method_save === 'enabled'
  if (!saves && customer === null) return {}
  return {
    saved_payment_method_options: {
      ...(saves && { payment_method_save: 'enabled' }),
      // What `setup_future_usage` keeps is `limited`, which Stripe leaves out by itself.
      ...(customer !== null && { allow_redisplay_filters: ['always', 'limited'] }),
    },
  }
}

type Given<T> = { [Name in keyof T]?: Exclude<T[Name], null> }

/** The fields that have a value; Stripe takes null for none of them, nor a text without words. */
function given<T extends object>(fields: T): Given<T> {
  const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== '')
  return Object.fromEntries(kept) as Given<T>
}

/** What names the session and its campaign on everything Stripe makes of it. */
function ourMetadata({ sessionId, link, params }: Opening): Record<string, string> {
  return {
    buylink_session: sessionId,
    buylink_link: link.id,
    buylink_version: String(link.version),
    ...params.tracking,
    ...(params.client_reference_id && { client_reference_id: params.client_reference_id }),
  }
}

/** Stripe keeps 50 keys. What comes first goes first, and keeps a key that comes again. */
function keptMetadata(...parts: Record<string, string>[]): Record<string, string> {
  const kept = new Map<string, string>()
  for (const [key, value] of parts.flatMap(Object.entries<string>)) {
    if (kept.size < 50 && !kept.has(key)) kept.set(key, value)
  }
  return Object.fromEntries(kept)
}

/** Whether two visits came with the same codes. */
export function sameTracking(one: Tracking, other: Tracking): boolean {
  const codes = (tracking: Tracking) => JSON.stringify(Object.entries(tracking).sort())
  return codes(one) === codes(other)
}
