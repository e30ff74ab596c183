import type { AnsweredField, Answers, BuyerDetails, Consent, CustomField, LinkConfig } from '@/db/types'
import { customFieldResource } from '@/lib/links/custom-field-resource'
import { hasTaxId } from '@/lib/links/tax-ids'

/** A link's questions with what was answered, as they are frozen on an order. */
export function answeredFields(fields: CustomField[], answers: Answers): AnsweredField[] {
  return fields.map((field) => {
    const value = answers[field.key] ?? null
    const { key, label, type } = field
    if (field.type !== 'dropdown') return { key, label, type, value }
    const chosen = field.options.find((option) => option.value === value)
    return { key, label, type, value, ...(chosen && { chosen: chosen.label }) }
  })
}

/** What a payment came without although the link asks for it: the labels of the questions. */
export function unanswered(
  { custom_fields: fields, consent_collection: collected, tax_id_collection: tax }: LinkConfig,
  { answers, consent }: { answers: Answers; consent: Consent | null },
  buyer: BuyerDetails,
): string[] {
  const open = fields.filter(({ key, optional }) => !optional && answers[key] === undefined)
  const needsTerms = collected.terms_of_service === 'required' && consent?.terms_of_service !== 'accepted'
  const needsTaxId = tax.enabled && tax.required === 'if_supported' && lacksTaxId(buyer)
  return [
    ...open.map(({ label }) => label),
    ...(needsTerms ? ['Terms of service'] : []),
    ...(needsTaxId ? ['Tax ID'] : []),
  ]
}

/** Stripe, tax IDs: the shipping address decides, else the billing address. Without one it cannot be told. */
export function lacksTaxId({ shipping, address, tax_ids }: BuyerDetails): boolean {
  return tax_ids.length === 0 && hasTaxId((shipping?.address ?? address)?.country)
}

/** A session's `custom_fields` as Stripe has them: the link's, with what was answered. */
export function customFieldsResource(fields: CustomField[], answers: Answers) {
  return fields.map((field) => {
    const shown = customFieldResource(field)
    return { ...shown, [field.type]: { ...shown[field.type], value: answers[field.key] ?? null } }
  })
}

/** Stripe's `consent`, with which terms were accepted and when. */
export function consentResource(consent: Consent | null) {
  return (
    consent && {
      promotions: consent.promotions,
      terms_of_service: consent.terms_of_service,
      terms: consent.terms,
      payment_link_version: consent.link_version,
      at: Math.floor(Date.parse(consent.at) / 1000),
    }
  )
}
