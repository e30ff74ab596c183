import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { reservedSlugs } from '@/lib/links/slug'
import { importsOf, type SourceFile } from '../support/imports/parse'
import { violations } from '../support/imports/rules'

// Some of these are still to come; git keeps no empty folder.
const folders = ['app', 'bench', 'components', 'db', 'examples', 'lib', 'sandbox', 'scripts', 'sdk', 'tests']

function projectFiles(): SourceFile[] {
  const names = folders
    .filter(existsSync)
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name.replaceAll('\\', '/')}`,
      ),
    )
  const root = readdirSync('.')
  return [...root, ...names]
    .filter((path) => /\.(tsx?|mjs)$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

test('the project keeps its rules', () => {
  const files = projectFiles()
  expect(files.length).toBeGreaterThan(50)
  expect(violations(files, reservedSlugs)).toEqual([])
})

/** What the rules say of an invented project, written as `{ path: text }`. */
function judge(files: Record<string, string>): string[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }))
  return violations(sources, new Set(['dashboard', 'webhooks']))
}

const smallFiles = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`lib/links/${index}.ts`, '']))

describe('each rule can fail', () => {
  test.each([
    ['a route that queries', { 'app/(x)/page.tsx': "import { db } from '@/db/client'" }],
    ['a route with drizzle', { 'app/(x)/[slug]/page.tsx': "import { eq } from 'drizzle-orm'" }],
    ['a route with types of the database', { 'app/(x)/p.tsx': "import type { Row } from '@/db/schema'" }],
    ["another route's file", { 'app/(x)/[slug]/page.tsx': "import { a } from '@/app/(x)/receipt/a'" }],
    ['a component with a domain', { 'components/a.tsx': "import { b } from '@/lib/links/links'" }],
    ['a component with the database', { 'components/a.tsx': "import { b } from '@/db/types'" }],
    ['a component with the request', { 'components/a.tsx': "import { headers } from 'next/headers'" }],
    ['a domain with a component', { 'lib/links/a.ts': "import { Button } from '@/components/ui/button'" }],
    ['a domain with the framework', { 'lib/links/a.ts': "import { cookies } from 'next/headers'" }],
    ['a domain with the request layer', { 'lib/links/a.ts': "import { api } from '@/lib/http/api'" }],
    ['a domain that looks up', { 'lib/links/a.ts': "import { order } from '@/lib/orders/orders'" }],
    [
      'a domain that looks up for a type',
      { 'lib/accounts/a.ts': "import type { O } from '@/lib/orders/orders'" },
    ],
    ['a domain with analytics', { 'lib/checkout/a.ts': "import { visits } from '@/lib/analytics/visits'" }],
    ['the request layer with the database', { 'lib/http/a.ts': "import { db } from '@/db/client'" }],
    ["Stripe's folder with a domain", { 'lib/stripe/a.ts': "import { x } from '@/lib/catalog/catalog'" }],
    ['a leaf helper with a domain', { 'lib/money.ts': "import { x } from '@/lib/links/links'" }],
    ['the database with a domain', { 'db/schema.ts': "import { x } from '@/lib/links/schema'" }],
    ['the database with another package', { 'db/client.ts': "import { z } from 'zod'" }],
    ['the sandbox with our code', { 'sandbox/server.ts': "import { formatMoney } from '@/lib/money'" }],
    ['the sandbox with our types', { 'sandbox/server.ts': "import type { Env } from '../lib/env'" }],
    ['our code with the sandbox', { 'lib/links/a.ts': "import { startSandbox } from '@/sandbox/server'" }],
    ['an example with our code', { 'examples/a/b.mjs': "import { env } from '../../lib/env'" }],
    ['a measurement with our code', { 'bench/load.ts': "import { env } from '@/lib/env'" }],
    ['a second client of Stripe', { 'lib/orders/a.ts': "import Stripe from 'stripe'" }],
    ['a second client of Stripe, later', { 'app/(x)/page.tsx': "const S = await import('stripe')" }],
    ['the sandbox with the real SDK', { 'sandbox/server.ts': "import Stripe from 'stripe'" }],
    [
      'the sandbox with test helpers',
      { 'sandbox/server.ts': "import { c } from '@/tests/support/chromium'" },
    ],
    ['the environment, read elsewhere', { 'lib/links/a.ts': 'export const url = process.env.BASE_URL' }],
    ['an address nobody reserved', { 'app/(x)/offers/page.tsx': 'export default function Page() {}' }],
    ['a file of 401 lines', { ...smallFiles, 'lib/links/a.ts': 'x\n'.repeat(401) }],
    ['a page of 61 lines', { 'app/(x)/page.tsx': 'x\n'.repeat(61) }],
    ['a payer’s page of 65 lines', { 'app/(checkout)/[slug]/page.tsx': 'x\n'.repeat(65) }],
    ['a name in camel case', { 'lib/links/linkState.ts': '' }],
    ['a component’s name in capitals', { 'components/Button.tsx': '' }],
    ['a drawer for everything', { 'lib/links/utils.ts': 'export const a = 1' }],
    ['a drawer for tests', { 'tests/support/helpers.ts': 'export const a = 1' }],
    ['a barrel', { 'lib/links/index.ts': "export const a = 'b'" }],
    [
      'a barrel by another name',
      {
        'lib/links/all.ts': "// All.\nexport * from './a'\nexport {\n  b,\n} from './b'",
        'lib/links/a.ts': '',
      },
    ],
    ['too many large files', { 'lib/links/a.ts': 'x\n'.repeat(251) }],
  ])('%s', (_, files) => {
    expect(judge(files)).toHaveLength(1)
  })

  test('a ring', () => {
    const ring = judge({
      'lib/links/a.ts': "import './b'",
      'lib/links/b.ts': "export { x } from './a'\nexport const y = 1",
    })
    expect(ring).toEqual(['lib/links/a.ts → lib/links/b.ts → lib/links/a.ts: a ring'])
  })

  test.each(['db/client.ts', 'lib/stripe/client.ts', 'lib/env.ts'])(
    'a detour from the browser to %s',
    (secret) => {
      const problems = judge({
        'components/pay.tsx': "'use client'\nimport { a } from './a'",
        'components/a.tsx': "export const b = import('@/lib/links/b')",
        'lib/links/b.ts': `import { x } from '@/${secret.replace('.ts', '')}'`,
        [secret]: '',
      })
      expect(problems).toContain(`components/pay.tsx runs in the browser and reaches ${secret}`)
    },
  )

  test('a payer’s page with a piece of the dashboard', () => {
    const problems = judge({
      'app/(checkout)/[slug]/page.tsx': "import { Offer } from '@/components/checkout/offer'",
      'components/checkout/offer.tsx': "import { Table } from '@/components/dashboard/table'",
      'components/dashboard/table.tsx': '',
    })
    expect(problems).toHaveLength(1)
  })
})

test('what the rules allow passes', () => {
  expect(
    judge({
      'app/(dashboard)/dashboard/page.tsx': "import { b } from './b'\nimport { l } from '@/lib/links/links'",
      'app/(dashboard)/dashboard/b.tsx': "'use client'\nimport { act } from './actions'",
      'app/(dashboard)/dashboard/actions.ts': "'use server'\nimport { l } from '@/lib/links/links'",
      'app/webhooks/stripe/route.ts': "import { settle } from '@/lib/checkout/settle'",
      'components/price.tsx':
        "import { formatMoney } from '@/lib/money'\nimport type { L } from '@/lib/links/links'\nimport type { R } from '@/db/types'",
      'lib/money.ts': "import { once } from '@/lib/once'",
      'lib/once.ts': '// process.env is read in lib/env.ts',
      'lib/env.ts': 'export const port = process.env.PORT',
      'lib/checkout/settle.ts':
        "import { l } from '../links/links'\nimport { stripe } from '@/lib/stripe/client'",
      'lib/links/links.ts': "import { db } from '@/db/client'\nimport type Stripe from 'stripe'",
      'lib/stripe/client.ts': "import Stripe from 'stripe'\nimport { env } from '@/lib/env'",
      'lib/accounts/session.ts': "import { cookies } from 'next/headers'",
      'lib/http/action.ts': "import { requireUser } from '@/lib/accounts/session'",
      'db/client.ts': "import postgres from 'postgres'\nimport { env } from '@/lib/env'",
      'db/seed.ts': "import { l } from '@/lib/links/links'",
      'sandbox/testing/bench.ts':
        "import Stripe from 'stripe'\nimport { c } from '../../tests/support/chromium'",
      'sandbox/server.ts': "import type Stripe from 'stripe'\nimport { z } from 'zod'",
    }),
  ).toEqual([])
})

test('imports are read as the compiler reads them', () => {
  const text = `
import a, { type B } from 'a'
import { type C, type D } from 'b'
import type { E } from 'c'
export * from 'd'
export type { F } from 'e'
import 'f'
// import 'g'
/* import h from 'h' */
const i = () => import('i')
type J = typeof import('j') | import('o').Name
import {
  k,
  type L,
} from 'k'
const url = 'http://m' // from 'm'
`
  const found = importsOf({ path: 'x.ts', text }).map(({ specifier, kind }) => `${specifier} ${kind}`)
  expect(found.sort()).toEqual(
    [
      'a static',
      'b type',
      'c type',
      'd static',
      'e type',
      'f static',
      'i dynamic',
      'j type',
      'k static',
      'o type',
    ].sort(),
  )
})
