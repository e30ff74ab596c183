import { invalidRequest } from './errors'

/** A form body before anything is known about its types. */
export type Raw = string | Raw[] | { [name: string]: Raw }

type Branch = { [name: string]: string | Branch }

const branch = (): Branch => Object.create(null) as Branch

function segmentsOf(name: string): string[] {
  const open = name.indexOf('[')
  if (open === -1) return [name]
  const segments = [name.slice(0, open)]
  for (const match of name.slice(open).matchAll(/\[([^\][]*)\]/g)) segments.push(match[1] ?? '')
  return segments
}

function arraysOf(node: string | Branch): Raw {
  if (typeof node === 'string') return node
  const names = Object.keys(node)
  if (names.length > 0 && names.every((name, index) => name === String(index))) {
    return names.map((name) => arraysOf(node[name] ?? ''))
  }
  const result = Object.create(null) as { [name: string]: Raw }
  for (const name of names) result[name] = arraysOf(node[name] ?? '')
  return result
}

/**
 * Decodes a form body or a query with Stripe's nested brackets: `a[b]=1`, `a[0][b]=1`, `a[]=1`.
 * Keys 0, 1, 2 … in order become an array.
 */
export function parseForm(pairs: URLSearchParams): { [name: string]: Raw } {
  const root = branch()
  for (const [name, value] of pairs) {
    const segments = segmentsOf(name)
    let node = root
    segments.forEach((given, depth) => {
      const key = given === '' ? String(Object.keys(node).length) : given
      if (depth === segments.length - 1) {
        node[key] = value
        return
      }
      const next = node[key] ?? branch()
      if (typeof next === 'string') throw invalidRequest(`Invalid object: ${name}`, { param: name })
      node[key] = next
      node = next
    })
  }
  const result = Object.create(null) as { [name: string]: Raw }
  for (const name of Object.keys(root)) result[name] = arraysOf(root[name] ?? '')
  return result
}

/** The name of a parameter as Stripe writes it: `line_items[0][price]`. */
export function bracketName(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join('')
}
