import type { CustomField } from '@/lib/checkout/answer-rules'
import type { Asked, Terms } from '@/lib/links/asked'

/** No merchant's key has an underscore, so these can be none of theirs. */
export const promotionsKey = '_promotions'

/** Terms that have changed are another question: a tick from before does not answer it. */
export const termsKey = (terms: Terms) => `_terms_${terms.version}`

/** All that the page itself asks, in one list: it is checked, kept and shown the same way. */
export function questionsOf({ custom_fields, terms, promotions }: Asked): CustomField[] {
  return [
    ...custom_fields,
    ...(promotions ? [box(promotionsKey, true)] : []),
    ...(terms ? [box(termsKey(terms), false)] : []),
  ]
}

function box(key: string, optional: boolean): CustomField {
  return { key, label: '', optional, type: 'checkbox', default_value: false }
}
