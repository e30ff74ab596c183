import type { Graph } from '@/tests/support/imports/graph'
import { withoutComments } from '@/tests/support/imports/parse'

const call = /\b(?:use|get)Translations\(\s*(?:'([^']*)')?\s*\)/g
const literal = /'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g

/**
 * The keys that no component asks for. A key is asked for by a file that translates with its noun, in a literal of
 * that file or of one it imports; `${…}` in a template stands for any one word.
 */
export function unusedKeys(keys: Iterable<string>, graph: Graph): string[] {
  const asked: RegExp[] = []
  for (const [path, file] of graph.files) {
    const nouns = [...file.text.matchAll(call)].map(([, noun = '']) => noun)
    if (nouns.length === 0) continue
    const beside = (graph.edges.get(path) ?? []).flatMap((edge) => graph.files.get(edge.file ?? '') ?? [])
    const tails = [file, ...beside].flatMap(({ text }) => literalsOf(text))
    for (const noun of nouns) {
      for (const tail of tails) asked.push(new RegExp(`^${noun ? `${noun}\\.` : ''}${tail}$`))
    }
  }
  return [...keys].filter((key) => !asked.some((pattern) => pattern.test(key)))
}

/** Literals that may be keys, as patterns. */
function literalsOf(text: string): string[] {
  return [...withoutComments(text).matchAll(literal)]
    .map(([, plain, template]) => plain ?? template ?? '')
    .filter((value) => /^(?:[\w.]|\$\{[^}]*\})+$/.test(value))
    .map((value) => value.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '\\w+'))
}
