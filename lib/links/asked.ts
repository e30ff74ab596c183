import type { Collected, Consent, CustomField, CustomText, LinkConfig } from '@/db/types'
import type { Merchant } from '@/lib/accounts/merchant'
import { hashToken } from '@/lib/ids'

export type Terms = NonNullable<Consent['terms']>

/** What a link's page asks of a buyer beside the payment. */
export type Asked = {
  custom_fields: CustomField[]
  custom_text: CustomText
  /** Null where they need not be accepted. */
  terms: Terms | null
  /** Whether the buyer may say yes to news and offers. */
  promotions: boolean
  phone: boolean
  individual_name: Ask
  business_name: Ask
  billing_address: boolean
  shipping_address: boolean
  /** Required where the buyer's country has one; see `taxIdTypes`. */
  tax_id: Ask
}

type Ask = 'no' | 'optional' | 'required'

export function askedOf(config: LinkConfig, merchant: Pick<Merchant, 'termsUrl' | 'privacyUrl'>): Asked {
  const tax = config.tax_id_collection
  return {
    custom_fields: config.custom_fields,
    custom_text: config.custom_text,
    terms: termsOf(config, merchant),
    promotions: config.consent_collection.promotions === 'auto',
    phone: config.phone_number_collection.enabled,
    individual_name: ask(config.name_collection.individual),
    business_name: ask(config.name_collection.business),
    billing_address: config.billing_address_collection === 'required' || needsCountry(config),
    shipping_address: config.shipping_address_collection !== null,
    tax_id: ask({ enabled: tax.enabled, optional: tax.required === 'never' }),
  }
}

const ask = ({ enabled, optional }: Collected): Ask => (enabled ? (optional ? 'optional' : 'required') : 'no')

/** Taxes and tax IDs follow the shipping address, else the billing address (Stripe, tax IDs). */
function needsCountry({
  automatic_tax,
  tax_id_collection,
  shipping_address_collection,
}: LinkConfig): boolean {
  return (automatic_tax.enabled || tax_id_collection.enabled) && shipping_address_collection === null
}

/** The terms a buyer has to accept as they stand now. Their version changes with any word or address of them. */
export function termsOf(
  { consent_collection: consent, custom_text: texts }: Pick<LinkConfig, 'consent_collection' | 'custom_text'>,
  { termsUrl: url, privacyUrl: privacy_url }: Pick<Merchant, 'termsUrl' | 'privacyUrl'>,
): Terms | null {
  if (consent.terms_of_service !== 'required') return null
  const text = texts.terms_of_service_acceptance
  return { version: hashToken(JSON.stringify([url, privacy_url, text])), url, privacy_url, text }
}
