import { baseOf, defaultLocale, type Locale } from './locales'
import type en from './messages/en.json'

/** All texts of the payer's pages, by noun. English has every key. */
export type Messages = typeof en

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}

type Texts = { [key: string]: unknown }

const loaded = new Map<Locale, Promise<Messages>>()

/** The texts of a locale, whole: a key it lacks is its base's, then English, so that no page ever shows a key. */
export function messagesOf(locale: Locale): Promise<Messages> {
  let messages = loaded.get(locale)
  if (!messages) {
    messages = load(locale)
    loaded.set(locale, messages)
  }
  return messages
}

async function load(locale: Locale): Promise<Messages> {
  const chain = [defaultLocale, baseOf(locale), locale].filter(
    (one, index, all) => all.indexOf(one) === index,
  )
  let texts: Texts = {}
  for (const each of chain) if (each) texts = overlay(texts, await own(each))
  return texts as Messages
}

async function own(locale: Locale): Promise<Texts> {
  const file: { default: Texts } = await import(`./messages/${locale}.json`)
  return file.default
}

/** `under` with what `over` has of its own. A text is a string, or an array once it is compiled. */
export function overlay(under: Texts, over: Texts): Texts {
  const whole = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const below = under[key]
    whole[key] = isGroup(value) && isGroup(below) ? overlay(below, value) : value
  }
  return whole
}

const isGroup = (value: unknown): value is Texts =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
