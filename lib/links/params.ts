import { z } from 'zod'
import type { DroppedParameter, Tracking } from '@/db/types'
import { findLocale, type Locale } from '@/lib/i18n/locales'

const utmKeys = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const
const email = z.email().max(512)

export type LinkParams = {
  tracking: Tracking
  client_reference_id: string | null
  prefilled_email: string | null
  locked_prefilled_email: string | null
  prefilled_promo_code: string | null
  locale: Locale | null
  dropped: DroppedParameter[]
}

type Check = (value: string) => string | null

/** Letters, digits, `-` and `_` up to `limit` characters; the answer names the first character that breaks the rule. */
function code(limit: number, extra = '_'): Check {
  const allowed = new RegExp(`[A-Za-z0-9${extra}-]`)
  return (value) => {
    if (value === '') return 'empty'
    if (value.length > limit) return `longer than ${limit} characters (${value.length})`
    const at = [...value].findIndex((character) => !allowed.test(character))
    return at < 0 ? null : `\`${[...value][at]}\` at position ${at + 1}`
  }
}

const validEmail: Check = (value) => (email.safeParse(value).success ? null : 'not an e-mail address')
const knownLocale: Check = (value) => (findLocale(value) ? null : 'not a language of this page')

/**
 * Reads the query of a payment link's URL (Stripe Payment Links, URL parameters). Never fails: a value that
 * breaks its rule is dropped and reported in `dropped`; of a repeated parameter the first valid value counts;
 * unknown parameters change nothing.
 *
 * @param search the query string, with or without `?`
 */
export function parseLinkParams(search: string): LinkParams {
  const query = new URLSearchParams(search.slice(0, 16_384))
  const dropped: DroppedParameter[] = []

  function first(parameter: string, problem: Check): string | null {
    let reason: string | null = null
    for (const value of query.getAll(parameter)) {
      const found = problem(value)
      if (found === null) return value
      reason ??= found
    }
    if (reason) dropped.push({ parameter, reason })
    return null
  }

  const tracking: Tracking = {}
  for (const key of utmKeys) {
    const value = first(key, code(150))
    if (value !== null) tracking[key] = value
  }
  return {
    tracking,
    client_reference_id: first('client_reference_id', code(200)),
    prefilled_email: first('prefilled_email', validEmail),
    locked_prefilled_email: first('locked_prefilled_email', validEmail),
    prefilled_promo_code: first('prefilled_promo_code', code(500, '')),
    locale: findLocale(first('locale', knownLocale) ?? ''),
    dropped,
  }
}
