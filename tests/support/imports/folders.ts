import { dirname } from 'node:path'
import type { Edge } from './graph'

/** Lowest first: a domain imports only those before it. */
const domains = ['accounts', 'events', 'catalog', 'links', 'orders', 'checkout', 'analytics']

/** Helpers that know nothing of the product. */
const leaves = ['env', 'errors', 'ids', 'log', 'money', 'once', 'page', 'parse', 'storable'].map(
  (name) => `lib/${name}.ts`,
)

const requestModules = ['next/headers', 'next/navigation', 'next/server']
const databasePackages = ['drizzle-orm', 'postgres']

/** Tables and rows are written through the product's own functions, so the seed sits above them. */
const seed = /^db\/seed[\w-]*\.ts$/

/** The sandbox is driven by the real SDK in a real browser: its tests, and what they share in `testing/`. */
const sandboxTest = /^sandbox\/(.*\.test\.ts$|(.*\/)?testing\/)/

type Rule = (edge: Edge) => string | undefined

const domainOf = (path = '') => /^lib\/([^/]+)\//.exec(path)?.[1]
const isNext = (name = '') => name === 'next' || name.startsWith('next/')
const isDatabase = (edge: Edge) =>
  edge.file?.startsWith('db/') || databasePackages.includes(edge.package ?? '')
const inside = (edge: Edge, ...folders: string[]) =>
  folders.some((folder) => edge.file?.startsWith(`${folder}/`))

const app: Rule = (edge) => {
  if (isDatabase(edge)) return 'a route reaches the database through lib'
  if (inside(edge, 'lib', 'components')) return undefined
  if (edge.file?.startsWith('app/')) {
    const [own, other] = [dirname(edge.from), dirname(edge.file)]
    const related = [own, other].some((one, index) => `${[other, own][index]}/`.startsWith(`${one}/`))
    return related ? undefined : "a route does not use another route's files"
  }
  return edge.file ? 'a route imports lib, components and its own segment' : undefined
}

const components: Rule = (edge) => {
  if (edge.kind === 'type' && inside(edge, 'lib', 'db')) return undefined
  if (edge.package === 'next/headers' || isDatabase(edge))
    return 'a component knows no request and no database'
  if (inside(edge, 'components') || edge.file === 'lib/money.ts') return undefined
  return edge.file ? 'a component imports components, lib/money and types' : undefined
}

const database: Rule = (edge) => {
  if (seed.test(edge.from) && inside(edge, 'lib')) return undefined
  if (edge.file?.startsWith('db/') || ['lib/env.ts', 'lib/once.ts'].includes(edge.file ?? ''))
    return undefined
  const known = edge.package && (databasePackages.includes(edge.package) || edge.package.startsWith('node:'))
  return known ? undefined : 'the database imports lib/env, lib/once, drizzle and postgres'
}

const leaf: Rule = (edge) => {
  if (isNext(edge.package)) return 'a leaf helper knows no framework'
  return edge.file && !leaves.includes(edge.file) ? 'a leaf helper imports leaf helpers' : undefined
}

const library: Rule = (edge) => {
  const own = domainOf(edge.from)
  if (inside(edge, 'app', 'components')) return 'lib imports neither routes nor components'
  const knowsRequests = own === 'http' || edge.from === 'lib/accounts/session.ts'
  if (isNext(edge.package) && !(knowsRequests && requestModules.includes(edge.package ?? ''))) {
    return 'only lib/http and lib/accounts/session know the request'
  }
  if (own === 'http' && isDatabase(edge)) return 'lib/http does not reach the database'
  if (own === 'stripe' && domains.includes(domainOf(edge.file) ?? '')) return 'lib/stripe knows no domain'
  const other = domainOf(edge.file)
  if (own === undefined || other === undefined || other === own || other === 'stripe') return undefined
  if (other === 'http') return 'a domain knows no request'
  if (other === 'analytics') return 'nobody but a route imports analytics'
  return own !== 'http' && domains.indexOf(other) > domains.indexOf(own)
    ? `${own} stands below ${other}`
    : undefined
}

/** The sandbox keeps its tests, and what they share, beside its code. */
const isSandboxTest = (file: string) => /^sandbox\/.*(\.test\.ts$|\/?testing\/)/.test(file)

const sandbox: Rule = (edge) => {
  if (isSandboxTest(edge.from) && inside(edge, 'tests')) return undefined
  return edge.file && !inside(edge, 'sandbox') ? 'the sandbox shares no code with what it tests' : undefined
}

const example: Rule = (edge) =>
  inside(edge, 'examples') || edge.package?.startsWith('node:')
    ? undefined
    : 'an example runs with Node alone'

const bench: Rule = (edge) =>
  inside(edge, 'bench') || edge.package?.startsWith('node:') ? undefined : 'a measurement speaks HTTP only'

/** The table of ARCHITECTURE.md: why this import may not be, or undefined. */
export function problemOf(edge: Edge): string | undefined {
  const { from } = edge
  const loadsStripe =
    from === 'lib/stripe/client.ts' || /^(tests|scripts)\//.test(from) || sandboxTest.test(from)
  if (edge.package === 'stripe' && edge.kind !== 'type' && !loadsStripe) {
    return 'only lib/stripe/client.ts loads the stripe package'
  }
  if (edge.file?.startsWith('tests/') && !/^(tests|scripts|sandbox)\/|^[\w.]+\.config\.ts$/.test(from)) {
    return 'the product does not import tests'
  }
  if (edge.file?.startsWith('sandbox/') && !/^(sandbox|tests)\//.test(from)) {
    return 'the product does not know the sandbox'
  }
  if (edge.file?.startsWith('examples/') && !/^(examples|tests)\//.test(from)) {
    return 'the product does not import examples'
  }
  if (from.startsWith('app/')) return app(edge)
  if (from.startsWith('components/')) return components(edge)
  if (from.startsWith('db/')) return database(edge)
  if (leaves.includes(from)) return leaf(edge)
  if (from.startsWith('lib/')) return library(edge)
  if (from.startsWith('sandbox/')) return sandbox(edge)
  if (from.startsWith('bench/')) return bench(edge)
  if (from.startsWith('examples/')) return example(edge)
  return undefined
}
