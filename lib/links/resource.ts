import type { CustomText, LinkConfig } from '@/db/types'
import type { ShippingRate } from '@/lib/catalog/shipping'
import { env } from '@/lib/env'
import type { CurrentLink } from './current'
import { customFieldResource } from './custom-field-resource'

/**
 * The public JSON of a payment link: Stripe's object, so that code written for Stripe's events reads it, with what is
 * ours beside it (`name`, `slug`, `version`, times, and what a link of Stripe's has not).
 * @param rates those of its shipping options, which say what they cost
 */
export function linkResource(link: CurrentLink, rates: Pick<ShippingRate, 'id' | 'amount'>[]) {
  const { config } = link
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000)
  return {
    id: link.id,
    object: 'payment_link' as const,
    active: link.active,
    adaptive_pricing: config.adaptive_pricing,
    after_completion: config.after_completion,
    allow_promotion_codes: config.allow_promotion_codes,
    allowed_payment_method_types: config.allowed_payment_method_types,
    application: null,
    application_fee_amount: null,
    application_fee_percent: null,
    automatic_tax: {
      enabled: config.automatic_tax.enabled,
      liability: config.automatic_tax.enabled ? { type: 'self' as const } : null,
    },
    billing_address_collection: config.billing_address_collection,
    branding_settings: config.branding_settings,
    consent_collection: { payment_method_reuse_agreement: null, ...config.consent_collection },
    currency: config.currency,
    custom_fields: config.custom_fields.map(customFieldResource),
    custom_text: customTextResource(config.custom_text),
    customer_creation: config.customer_creation,
    discounts: config.discounts,
    inactive_message: link.inactiveMessage,
    invoice_creation: invoiceResource(config.invoice_creation),
    livemode: link.livemode,
    managed_payments: null,
    metadata: config.metadata,
    name_collection: config.name_collection,
    on_behalf_of: null,
    optional_items: config.optional_items.map(({ adjustable_quantity: adjustable, ...item }) => ({
      ...item,
      adjustable_quantity: adjustable.enabled ? adjustable : null,
    })),
    payment_intent_data: { ...config.payment_intent_data, transfer_group: null },
    payment_method_collection: config.payment_method_collection,
    payment_method_options: null,
    payment_method_types: config.allowed_payment_method_types,
    phone_number_collection: config.phone_number_collection,
    restrictions: restrictionsResource(link),
    saved_payment_method_options: config.saved_payment_method_options,
    shipping_address_collection: config.shipping_address_collection,
    shipping_options: config.shipping_options.map(({ shipping_rate }) => ({
      shipping_amount: rates.find(({ id }) => id === shipping_rate)?.amount ?? 0,
      shipping_rate,
    })),
    submit_type: config.submit_type,
    subscription_data: subscriptionResource(config.subscription_data),
    tax_id_collection: config.tax_id_collection,
    transfer_data: null,
    url: `${env().baseUrl}/${link.slug}`,
    name: link.name,
    slug: link.slug,
    version: link.version,
    created_via: link.createdVia,
    created: seconds(link.createdAt),
    updated: seconds(link.updatedAt),
  }
}

function customTextResource(texts: CustomText) {
  const shown = (message: string | null) => (message === null ? null : { message })
  return {
    after_submit: shown(texts.after_submit),
    shipping_address: shown(texts.shipping_address),
    submit: shown(texts.submit),
    terms_of_service_acceptance: shown(texts.terms_of_service_acceptance),
  }
}

function invoiceResource({ enabled, invoice_data: data }: LinkConfig['invoice_creation']) {
  return {
    enabled,
    invoice_data: { ...data, account_tax_ids: null, issuer: null, rendering_options: null },
  }
}

/** With how many of the sessions are completed; Stripe has no other restrictions. */
function restrictionsResource({ config: { restrictions }, completedSessions: count }: CurrentLink) {
  const completed = restrictions?.completed_sessions
  return (
    restrictions && { ...restrictions, ...(completed && { completed_sessions: { ...completed, count } }) }
  )
}

const noInvoiceSettings = {
  account_tax_ids: null,
  custom_fields: null,
  description: null,
  footer: null,
  issuer: { type: 'self' as const },
}

function subscriptionResource({ trial_end, ...data }: LinkConfig['subscription_data']) {
  return {
    ...data,
    invoice_settings: noInvoiceSettings,
    trial_settings:
      data.trial_period_days === null ? null : { end_behavior: { missing_payment_method: trial_end } },
  }
}
