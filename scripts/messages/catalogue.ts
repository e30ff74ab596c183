import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '@/lib/i18n/locales'
import { root } from '../build-state'

/** Texts by their whole key: `pay.button.donate`. */
export type Texts = Map<string, string>

type Group = { [key: string]: string | Group }

export function readTexts(locale: Locale): Texts {
  return flatten(JSON.parse(readFileSync(join(root, 'lib/i18n/messages', `${locale}.json`), 'utf8')) as Group)
}

export function flatten(group: Group, path = ''): Texts {
  const texts: Texts = new Map()
  for (const [key, value] of Object.entries(group)) {
    if (typeof value === 'string') texts.set(path + key, value)
    else for (const [below, text] of flatten(value, `${path}${key}.`)) texts.set(below, text)
  }
  return texts
}
