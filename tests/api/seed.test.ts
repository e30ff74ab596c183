import { afterAll, beforeAll, expect, test } from 'vitest'
import { seed } from '@/db/seed'
import { offers } from '@/db/seed-offers'
import { updateLink } from '@/lib/links/links'
import { runScript } from '@/scripts/run'
import { eventually } from '../support/buyer'
import { joinStack } from '../support/domain'
import { type Stack, startStack } from '../support/stack'

let stack: Stack
let leave: () => Promise<void>

beforeAll(async () => {
  stack = await startStack({ app: false })
  leave = joinStack(stack)
})

afterAll(async () => {
  await leave()
  await stack.stop()
})

/** Kills a seed at the moment when Stripe has done what was asked and the answer is on its way. */
async function killAt(operation: string, nth: number): Promise<void> {
  const { sandbox } = stack
  await sandbox.addFault({ operation, kind: 'hang', position: 'after', nth, times: 1 })
  const kill = new AbortController()
  const seeding = runScript('scripts/seed-database.ts', { env: stack.env, signal: kill.signal })
  await eventually(async () => {
    const { faults } = await sandbox.ledger<{ faults: { hits: number }[] }>('faults')
    return faults[0]?.hits === 1 ? true : null
  })
  kill.abort()
  expect((await seeding).ok).toBe(false)
  await sandbox.clearFaults()
}

async function shop() {
  const { sql } = stack
  return {
    links: await sql`select id, slug, active, version from payment_links order by slug`,
    products: await sql`select name, count(*)::int from products group by name order by name`,
    rates: await sql`select name from shipping_rates order by name`,
    codes: await sql`select code, active from promotion_codes`,
    orders: await sql`select id, status, customer_email from orders order by customer_email`,
  }
}

// Mutants: leave a database alone once it holds any link; make the code without asking Stripe for it.
test('a seed that was killed is completed by the next one, and a third changes nothing', async () => {
  await killAt('promotion_codes.create', 1)
  await killAt('checkout.sessions.create', 2)
  await seed()
  const full = await shop()
  expect(full.links).toHaveLength(offers.length)
  expect(full.links.filter(({ active }) => !active).map(({ slug }) => slug)).toEqual(['advent-parcel'])
  expect(full.products).toHaveLength(offers.flatMap(({ optional = [] }) => [1, ...optional]).length)
  expect(full.products.every(({ count }) => count === 1)).toBe(true)
  expect(full.rates.map(({ name }) => name)).toEqual(['Express', 'Standard'])
  expect(full.codes).toEqual([{ code: 'WINTER20', active: true }])
  expect(full.orders.map(({ status }) => status)).toEqual(['paid', 'paid', 'paid'])
  const sessions = await stack.sandbox.stripe.checkout.sessions.list()
  expect(sessions.data).toHaveLength(3)
  await seed()
  expect(await shop()).toEqual(full)
})

test('a shop that its merchant has changed is left alone', async () => {
  const { links } = await shop()
  const idOf = (wanted: string) => links.find(({ slug }) => slug === wanted)?.id as string
  await updateLink(idOf('advent-parcel'), { active: true })
  await updateLink(idOf('quiet-machine'), { slug: 'louder-machine' })
  const before = await shop()
  await seed()
  expect(await shop()).toEqual(before)
})
