/** Stripe Checkout's 41 locales, and Arabic and Hebrew, which Stripe.js speaks too. */
export const locales = [
  'ar',
  'bg',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'en-GB',
  'es',
  'es-419',
  'et',
  'fi',
  'fil',
  'fr',
  'fr-CA',
  'he',
  'hi-IN',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'ms',
  'mt',
  'nb',
  'nl',
  'pl',
  'pt',
  'pt-BR',
  'ro',
  'ru',
  'sk',
  'sl',
  'sv',
  'th',
  'tr',
  'vi',
  'zh',
  'zh-HK',
  'zh-TW',
] as const

/** A language of the payer's pages. */
export type Locale = (typeof locales)[number]

export const defaultLocale: Locale = 'en'

const bySpelling = new Map(locales.map((locale) => [locale.toLowerCase(), locale]))

/** The locale of this name, in any case: `zh-hk` is `zh-HK`. Null where the pages do not speak it. */
export function findLocale(name: string): Locale | null {
  return bySpelling.get(name.toLowerCase()) ?? null
}

/** The way a locale is written: for `<html dir>`. */
export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'ar' || locale === 'he' ? 'rtl' : 'ltr'
}

/** A locale in its own words: `Deutsch`, `français canadien`. */
export function nameOf(locale: Locale): string {
  return new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale
}

const bases: Partial<Record<Locale, Locale>> = {
  'en-GB': 'en',
  'es-419': 'es',
  'fr-CA': 'fr',
  'zh-HK': 'zh-TW',
}

/** The locale whose words stand in where this one has none of its own; null for a locale that has them all. */
export function baseOf(locale: Locale): Locale | null {
  return bases[locale] ?? null
}
