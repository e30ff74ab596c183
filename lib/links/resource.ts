import { env } from '@/lib/env'
import type { CurrentLink } from './current'

/** The public JSON of a payment link: Stripe's fields, then ours (`name`, `slug`, `version`, times). */
export function linkResource(link: CurrentLink) {
  const { config } = link
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000)
  return {
    id: link.id,
    object: 'payment_link',
    active: link.active,
    adaptive_pricing: config.adaptive_pricing,
    after_completion: config.after_completion,
    allow_promotion_codes: config.allow_promotion_codes,
    allowed_payment_method_types: config.allowed_payment_method_types,
    automatic_tax: config.automatic_tax,
    billing_address_collection: config.billing_address_collection,
    branding_settings: config.branding_settings,
    consent_collection: config.consent_collection,
    currency: config.currency,
    custom_fields: config.custom_fields,
    custom_text: config.custom_text,
    customer_creation: config.customer_creation,
    discounts: config.discounts,
    inactive_message: link.inactiveMessage,
    invoice_creation: config.invoice_creation,
    livemode: link.livemode,
    metadata: config.metadata,
    name_collection: config.name_collection,
    optional_items: config.optional_items,
    payment_intent_data: config.payment_intent_data,
    payment_method_collection: config.payment_method_collection,
    phone_number_collection: config.phone_number_collection,
    restrictions: config.restrictions && {
      ...config.restrictions,
      ...(config.restrictions.completed_sessions && {
        completed_sessions: { ...config.restrictions.completed_sessions, count: link.completedSessions },
      }),
    },
    saved_payment_method_options: config.saved_payment_method_options,
    shipping_address_collection: config.shipping_address_collection,
    shipping_options: config.shipping_options,
    submit_type: config.submit_type,
    subscription_data: config.subscription_data,
    tax_id_collection: config.tax_id_collection,
    url: `${env().baseUrl}/${link.slug}`,
    name: link.name,
    slug: link.slug,
    version: link.version,
    created_via: link.createdVia,
    created: seconds(link.createdAt),
    updated: seconds(link.updatedAt),
  }
}
