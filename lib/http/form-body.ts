import { AppError } from '@/lib/errors'

type Node = string | Branch
type Branch = Map<string, Node>

const deepest = 8

/**
 * Reads a form or query in Stripe's notation: `a[b]=1`, `a[]=1`, `a[0][b]=1`.
 * @throws AppError `invalid_request` for a name that is a value and a group at once, or nested too deep
 */
export function readPairs(pairs: URLSearchParams): Record<string, unknown> {
  const root: Branch = new Map()
  for (const [name, value] of pairs) put(root, name, value)
  return Object.fromEntries([...root].map(([name, node]) => [name, plain(node)]))
}

function put(root: Branch, name: string, value: string): void {
  const path = [
    /^[^[]*/.exec(name)?.[0] ?? '',
    ...[...name.matchAll(/\[([^\]]*)\]/g)].map(([, part = '']) => part),
  ]
  if (path.length > deepest)
    throw new AppError('invalid_request', 'The parameter is nested too deep.', { param: name })
  let branch = root
  for (const part of path.slice(0, -1)) {
    const found = branch.get(keyIn(branch, part)) ?? new Map<string, Node>()
    if (typeof found === 'string') throw mixed(name)
    branch.set(keyIn(branch, part), found)
    branch = found
  }
  const last = keyIn(branch, path.at(-1) ?? '')
  if (branch.get(last) instanceof Map) throw mixed(name)
  branch.set(last, value)
}

const keyIn = (branch: Branch, part: string) => (part === '' ? String(branch.size) : part)

const mixed = (name: string) =>
  new AppError('invalid_request', 'The parameter is a value and a group at once.', { param: name })

/** A group whose names are 0, 1, 2 … is a list. */
function plain(node: Node): unknown {
  if (typeof node === 'string') return node
  const entries = [...node].map(([name, value]) => [name, plain(value)] as const)
  const isList = entries.every(([name], index) => name === String(index))
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}
