import { baseOf, directionOf, type Locale } from '@/lib/i18n/locales'
import type { Texts } from './catalogue'
import { type Part, partsOf } from './parts'

/** What is wrong with the texts of a locale, one line each; `english` is what they are measured by. */
export function problemsOf(locale: Locale, texts: Texts, english: Texts): string[] {
  const missing = baseOf(locale) ? [] : [...english.keys()].filter((key) => !texts.has(key))
  return [
    ...missing.map((key) => `${key} is missing`),
    ...[...texts].flatMap(([key, text]) => {
      const model = english.get(key)
      if (model === undefined) return [`${key} is not a text of the pages`]
      return textProblems(locale, text, model).map((problem) => `${key} ${problem}`)
    }),
  ]
}

function textProblems(locale: Locale, text: string, model: string): string[] {
  let parts: Part[]
  try {
    parts = partsOf(text)
  } catch (error) {
    return [`cannot be read: ${error instanceof Error ? error.message : error}`]
  }
  const [ours, theirs] = [signature(parts), signature(partsOf(model))]
  return [
    ...(text.trim() === '' || text !== text.trim() ? ['is empty or has space around it'] : []),
    ...(/[!！¡]/.test(text) ? ['shouts'] : []),
    ...(ours === theirs ? [] : [`takes ${ours || 'nothing'} where English takes ${theirs || 'nothing'}`]),
    ...parts.flatMap((part) => pluralProblems(locale, part)),
    ...(directionOf(locale) === 'rtl' ? isolationProblems(text, parts) : []),
  ]
}

/** Names and kinds, each once; a plural's categories are the language's own affair. */
function signature(parts: Part[]): string {
  const words = parts.map(({ name, kind, options }) => {
    const choices = kind === 'select' ? `(${options.toSorted().join(' ')})` : ''
    return `${name}:${kind}${choices}`
  })
  return [...new Set(words)].sort().join(', ')
}

function pluralProblems(locale: Locale, { name, kind, options }: Part): string[] {
  if (kind !== 'plural') return []
  const rules = new Intl.PluralRules(locale)
  // Some categories are for fractions or millions alone, and nothing here comes in those.
  const needed = new Set(['other'])
  for (let count = 0; count <= 1100; count += 1) needed.add(rules.select(count))
  const named = options.filter((option) => !option.startsWith('='))
  const possible = rules.resolvedOptions().pluralCategories as string[]
  return [
    ...[...needed].filter((one) => !named.includes(one)).map((one) => `lacks “${one}” of ${name}`),
    ...named.filter((one) => !possible.includes(one)).map((one) => `has no use for “${one}” of ${name}`),
  ]
}

/** From right to left a value may run either way: U+2068 and U+2069 keep it from turning its neighbours. */
function isolationProblems(text: string, parts: Part[]): string[] {
  return parts
    .filter(({ name, kind }) => kind === 'value' && !text.includes(`\u2068{${name}}\u2069`))
    .map(({ name }) => `does not isolate {${name}}`)
}
