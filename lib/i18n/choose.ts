import { defaultLocale, findLocale, type Locale } from './locales'

/**
 * The language of a payer's page: what the address asks for, else the first of the browser's languages the pages
 * speak, else English.
 * @param asked values of the `locale` parameter; the first known one counts, unknown ones are passed over
 * @param acceptLanguage the request's header
 */
export function chooseLocale(asked: readonly string[], acceptLanguage: string | null): Locale {
  for (const name of asked) {
    const found = findLocale(name)
    if (found) return found
  }
  for (const tag of preferences(acceptLanguage ?? '')) {
    const found = matchLocale(tag)
    if (found) return found
  }
  return defaultLocale
}

/** The tags of an Accept-Language header (RFC 9110, 12.5.4), most wanted first. */
function preferences(header: string): string[] {
  return header
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim())
      const quality = parameters.find((parameter) => parameter.startsWith('q='))
      return { tag, weight: quality ? Number(quality.slice(2)) : 1 }
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag)
}

/** Regions that write English as in the United States; the others as in Britain. */
const americanEnglish = new Set(['US', 'CA', 'PH', 'PR', 'GU'])

/**
 * The locale a speaker of `tag` reads best: `de-AT` is `de`, `es-MX` is `es-419`, `zh-Hant` is `zh-TW`. Never a
 * language that is merely near: who reads Ukrainian did not ask for Russian.
 */
export function matchLocale(tag: string): Locale | null {
  const exact = findLocale(tag)
  if (exact) return exact
  let full: Intl.Locale
  try {
    full = new Intl.Locale(tag).maximize()
  } catch {
    return null
  }
  const { language, region = '', script } = full
  switch (language) {
    case 'en':
      return americanEnglish.has(region) ? 'en' : 'en-GB'
    case 'es':
      return region === 'ES' ? 'es' : 'es-419'
    case 'fr':
      return region === 'CA' ? 'fr-CA' : 'fr'
    case 'pt':
      return region === 'BR' ? 'pt-BR' : 'pt'
    case 'zh':
      if (script !== 'Hant') return 'zh'
      return region === 'HK' || region === 'MO' ? 'zh-HK' : 'zh-TW'
    case 'hi':
      return script === 'Deva' ? 'hi-IN' : null
    case 'no':
    case 'nn':
      return 'nb'
    default:
      return findLocale(language)
  }
}
