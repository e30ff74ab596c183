import compile from 'icu-minify/compile'

/** What a text takes from the code: `amount` is a value, `count` a plural with its categories, `terms` a tag. */
export type Part = { name: string; kind: string; options: string[] }

/** How icu-minify numbers the kinds of an argument. */
const kinds = ['', 'select', 'plural', 'selectordinal', 'number', 'date', 'time']

/** The parts of a text in ICU's syntax. @throws SyntaxError where it has none */
export function partsOf(text: string): Part[] {
  return collect(compile(text))
}

function collect(node: unknown): Part[] {
  if (!Array.isArray(node)) return []
  return node.flatMap((each) => (Array.isArray(each) ? collectPart(each) : []))
}

function collectPart([name, kind, ...rest]: unknown[]): Part[] {
  if (kind === undefined) return [{ name: String(name), kind: 'value', options: [] }]
  if (typeof kind !== 'number' || kind === 0) {
    return [{ name: String(name), kind: 'tag', options: [] }, ...collect([kind, ...rest])]
  }
  const options = kind <= 3 ? (rest[0] as Record<string, unknown>) : {}
  const part = { name: String(name), kind: kinds[kind] ?? 'unknown', options: Object.keys(options) }
  return [part, ...Object.values(options).flatMap(collect)]
}
