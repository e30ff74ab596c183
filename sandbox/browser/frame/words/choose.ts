import { de } from './de'
import { en, type Words } from './en'
import { es } from './es'
import { fr } from './fr'
import { nl } from './nl'

const languages: Record<string, Words> = { de, en, es, fr, nl }

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'yi'])

/** The direction a reader of the locale reads in, whichever words are there. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return rightToLeft.has(locale.split('-')[0]?.toLowerCase() ?? '') ? 'rtl' : 'ltr'
}

/** The words of a locale's language, English where the sandbox does not speak it. */
export function wordsFor(locale: string): { language: string; words: Words } {
  const language = locale.split('-')[0]?.toLowerCase() ?? 'en'
  const words = languages[language]
  return words ? { language, words } : { language: 'en', words: en }
}
