import { invalidRequest } from '../http/errors'
import { newId, randomText } from '../ids'
import { shippingPrice } from '../payments/shipping'
import type { Records } from '../state/records'
import type { World } from '../world'
import { mergeMetadata, unset } from './fields'
import type { CreateLink, UpdateLink } from './payment-link-params'
import { findPrice } from './prices'

type Link = Records['payment_link']
type Settings = CreateLink | UpdateLink

function completionOf({ after_completion: given }: Settings): Link['after_completion'] {
  if (given?.type === 'redirect') {
    if (given.redirect) return { type: 'redirect', redirect: given.redirect }
    const details = { code: 'parameter_missing', param: 'after_completion[redirect]' }
    throw invalidRequest('Missing required param: after_completion[redirect].', details)
  }
  const custom_message = given?.hosted_confirmation?.custom_message ?? null
  return { type: 'hosted_confirmation', hosted_confirmation: { custom_message } }
}

function fieldsOf(given: Exclude<Settings['custom_fields'], '' | undefined>): Link['custom_fields'] {
  const bounds = (
    one: { default_value?: string; maximum_length?: number; minimum_length?: number } = {},
  ) => ({
    default_value: one.default_value ?? null,
    maximum_length: one.maximum_length ?? null,
    minimum_length: one.minimum_length ?? null,
  })
  return given.map(({ dropdown, numeric, text, optional, ...field }) => ({
    ...field,
    optional: optional ?? false,
    ...(field.type === 'text' ? { text: bounds(text as object) } : {}),
    ...(field.type === 'numeric' ? { numeric: bounds(numeric as object) } : {}),
    ...(dropdown ? { dropdown: { ...dropdown, default_value: dropdown.default_value ?? null } } : {}),
  }))
}

function namesOf(given: Exclude<Settings['name_collection'], '' | undefined>): Link['name_collection'] {
  const { business, individual } = given
  const full = (one: { enabled: boolean; optional?: boolean | undefined }) => ({
    enabled: one.enabled,
    optional: one.optional ?? false,
  })
  return {
    ...(business ? { business: full(business) } : {}),
    ...(individual ? { individual: full(individual) } : {}),
  }
}

function consentOf(given: Settings['consent_collection']): Link['consent_collection'] {
  if (!given) return null
  return {
    payment_method_reuse_agreement: given.payment_method_reuse_agreement ?? null,
    promotions: given.promotions ?? null,
    terms_of_service: given.terms_of_service ?? null,
  }
}

/** The settings create and update share, as the object shows them; only those that were given. */
export function changeOf(before: Link | null, params: Settings): Partial<Link> {
  const { custom_fields: fields, custom_text: texts, name_collection: names, restrictions } = params
  const { shipping_address_collection: shipping } = params
  const change: Partial<Link> = {}
  if (params.after_completion) change.after_completion = completionOf(params)
  if (params.allow_promotion_codes !== undefined) change.allow_promotion_codes = params.allow_promotion_codes
  if (params.automatic_tax) {
    const { enabled } = params.automatic_tax
    change.automatic_tax = { enabled, liability: enabled ? { type: 'self' } : null }
  }
  if (params.billing_address_collection) change.billing_address_collection = params.billing_address_collection
  if (params.consent_collection) change.consent_collection = consentOf(params.consent_collection)
  if (fields !== undefined) change.custom_fields = fieldsOf(fields || [])
  for (const [name, text] of Object.entries(texts ?? {})) {
    const shown = change.custom_text ?? before?.custom_text ?? noTexts
    if (text !== undefined) change.custom_text = { ...shown, [name]: unset(text) }
  }
  if (params.customer_creation) change.customer_creation = params.customer_creation
  if (params.inactive_message !== undefined) change.inactive_message = unset(params.inactive_message)
  if (names) change.name_collection = namesOf(names)
  if (params.payment_method_collection) change.payment_method_collection = params.payment_method_collection
  if (params.phone_number_collection) change.phone_number_collection = params.phone_number_collection
  if (restrictions !== undefined) {
    const count = before?.restrictions?.completed_sessions.count ?? 0
    const limit = restrictions ? restrictions.completed_sessions.limit : 0
    change.restrictions = restrictions ? { completed_sessions: { count, limit } } : null
  }
  if (shipping !== undefined) {
    change.shipping_address_collection = unset(shipping) as Link['shipping_address_collection']
  }
  if (params.submit_type) change.submit_type = params.submit_type
  if (params.tax_id_collection) {
    const { enabled, required = 'never' } = params.tax_id_collection
    change.tax_id_collection = { enabled, required }
  }
  return change
}

const noTexts: Link['custom_text'] = {
  after_submit: null,
  shipping_address: null,
  submit: null,
  terms_of_service_acceptance: null,
}

function paymentDataOf({ payment_intent_data: given }: CreateLink): Link['payment_intent_data'] {
  if (!given) return null
  return {
    capture_method: given.capture_method ?? null,
    description: given.description ?? null,
    metadata: mergeMetadata({}, given.metadata),
    setup_future_usage: given.setup_future_usage ?? null,
    statement_descriptor: given.statement_descriptor ?? null,
    statement_descriptor_suffix: given.statement_descriptor_suffix ?? null,
    transfer_group: given.transfer_group ?? null,
  }
}

function subscriptionDataOf({ subscription_data: given }: CreateLink): Link['subscription_data'] {
  return {
    description: given?.description ?? null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    metadata: mergeMetadata({}, given?.metadata),
    trial_period_days: given?.trial_period_days ?? null,
    trial_settings: given?.trial_settings ?? null,
  }
}

function optionalItems(world: World, { optional_items: given }: CreateLink): Link['optional_items'] {
  return given
    ? given.map(({ price, quantity, adjustable_quantity: range }, index) => ({
        price: findPrice(world, price, `optional_items[${index}][price]`, 400).id,
        quantity,
        adjustable_quantity: range
          ? { enabled: range.enabled, minimum: range.minimum ?? 0, maximum: range.maximum ?? 99 }
          : null,
      }))
    : null
}

/** What the items of a link decide. */
type Basket = { currency: string; isRecurring: boolean; rates: readonly Records['shipping_rate'][] }

/** A new link as Stripe shows it. */
export function newLink(world: World, params: CreateLink, { currency, isRecurring, rates }: Basket): Link {
  const id = newId('plink_')
  return {
    id,
    object: 'payment_link',
    active: true,
    after_completion: completionOf(params),
    allow_promotion_codes: false,
    application: null,
    application_fee_amount: null,
    application_fee_percent: null,
    automatic_tax: { enabled: false, liability: null },
    billing_address_collection: 'auto',
    consent_collection: null,
    currency,
    custom_fields: [],
    custom_text: noTexts,
    customer_creation: isRecurring ? 'always' : 'if_required',
    inactive_message: null,
    invoice_creation: isRecurring
      ? null
      : { enabled: params.invoice_creation?.enabled ?? false, invoice_data: null },
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata({}, params.metadata),
    on_behalf_of: null,
    optional_items: optionalItems(world, params),
    payment_intent_data: isRecurring ? null : paymentDataOf(params),
    payment_method_collection: isRecurring ? 'always' : 'if_required',
    payment_method_options: null,
    payment_method_types: params.payment_method_types ?? null,
    phone_number_collection: { enabled: false },
    restrictions: null,
    shipping_address_collection: null,
    shipping_options: rates.map((rate) => ({
      shipping_rate: rate.id,
      shipping_amount: shippingPrice(rate, currency)?.amount ?? 0,
    })),
    submit_type: 'auto',
    subscription_data: isRecurring ? subscriptionDataOf(params) : null,
    tax_id_collection: { enabled: false, required: 'never' },
    transfer_data: null,
    url: `https://buy.stripe.com/test_${randomText(18)}`,
    ...changeOf(null, params),
  }
}
