import type { Answers, Consent, LinkConfig } from '@/db/types'

/** Stripe, metadata: 50 keys of 40 characters, values of 500. */
const mostKeys = 50
const longestKey = 40
const longestValue = 500

type Kept = { answers: Answers; consent: Consent | null }

/**
 * Answers and consents as metadata of the Stripe session: consents first, then the fields in their order, as far as
 * there is room. An empty text unsets what an earlier attempt had answered.
 * @param used how many keys the session has already
 */
export function answersMetadata(
  { custom_fields: fields, metadata }: Pick<LinkConfig, 'custom_fields' | 'metadata'>,
  { answers, consent }: Kept,
  used: number,
): Record<string, string> {
  const pairs: [string, string][] = []
  if (consent?.terms_of_service)
    pairs.push(['consent_terms', `${consent.at} ${consent.terms?.version ?? ''}`])
  if (consent?.promotions) pairs.push(['consent_promotions', consent.promotions])
  for (const [index, { key }] of fields.entries()) {
    const name = `field_${key}`.length <= longestKey ? `field_${key}` : `field_${index + 1}_long`
    pairs.push([name, cut(String(answers[key] ?? ''))])
  }
  const ours = pairs.filter(([name]) => !(name in metadata))
  return Object.fromEntries(ours.slice(0, Math.max(mostKeys - used, 0)))
}

/** The whole text is in our database. Never cuts a character in two. */
function cut(text: string): string {
  if (text.length <= longestValue) return text
  return `${text.slice(0, longestValue - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
