import { Buyer, eventually } from '../support/buyer'
import type { ChaosInput, ChaosResult } from '../support/chaos'
import { type LimitedLink, limitedLink } from '../support/limited-link'
import { hold, unsoundCounters } from '../support/places'
import { seededRandom } from '../support/random'
import { type Stack, startStack } from '../support/stack'

type Opened = { buyer: Buyer; id: string }

/**
 * H: many buyers for ten places, and paying while the hold runs out. Never more sold than there are, nothing lost:
 * sold and free together are the limit, and the counters are what the holds add up to.
 */
export async function run({ seed, scale }: ChaosInput): Promise<ChaosResult> {
  const random = seededRandom(seed)
  const isFull = scale === 'full'
  const stack = await startStack({ seed: true })
  const breaches: string[] = []
  let cases = 0
  try {
    const rush = isFull ? { rounds: 20, buyers: 500, places: 10 } : { rounds: 1, buyers: 60, places: 5 }
    for (let round = 0; round < rush.rounds; round += 1) {
      breaches.push(...(await rushFor(stack, rush.buyers, rush.places, `round ${round}`)))
      cases += rush.buyers
    }
    const races = isFull ? 200 : 20
    for (let from = 0; from < races; from += 20) {
      breaches.push(...(await raceExpiry(stack, Math.min(20, races - from), random)))
    }
    const late = isFull ? 100 : 10
    breaches.push(...(await payWithoutPlace(stack, late)))
    breaches.push(...(await deadlocks(stack)))
    return { cases: cases + races + late, breaches }
  } finally {
    await stack.stop()
  }
}

async function open(stack: Stack, link: LimitedLink): Promise<Opened> {
  const buyer = new Buyer(stack)
  return { buyer, id: (await buyer.open(link.slug)).id }
}

/** In groups, so that the machine and not a pile of sockets is the limit; presses of pay come all at once. */
async function openMany(stack: Stack, link: LimitedLink, count: number): Promise<Opened[]> {
  const opened: Opened[] = []
  while (opened.length < count) {
    const group = Array.from({ length: Math.min(25, count - opened.length) }, () => open(stack, link))
    opened.push(...(await Promise.all(group)))
  }
  return opened
}

async function rushFor(stack: Stack, buyers: number, places: number, name: string): Promise<string[]> {
  const link = await limitedLink(stack, { completed_sessions: { limit: places } })
  const all = await openMany(stack, link, buyers)
  const held: Opened[] = []
  await Promise.all(
    all.map(async (one) => {
      if ((await hold(stack, one.buyer, link.slug, one.id)).kind !== 'held') return
      held.push(one)
      // Settles while others are still being refused.
      await stack.sandbox.pay(one.id, { payment_method: 'card' })
    }),
  )
  const breaches = held.length === places ? [] : [`${name}: ${held.length} holds of ${places} places`]
  await settled(stack, link, held.length)
  const [row] = await stack.sql`
    select taken, sold from place_counters where link_id = ${link.id} and scope = 'sessions'`
  if (row?.sold !== places || row.taken !== places) breaches.push(`${name}: counted ${JSON.stringify(row)}`)
  return [...breaches, ...(await unsound(stack, link))]
}

async function settled(stack: Stack, link: LimitedLink, count: number) {
  await eventually(async () => {
    const rows = await stack.sql`select 1 from orders where link_id = ${link.id} and status <> 'pending'`
    return rows.length >= count ? true : null
  }, 120)
}

async function unsound(stack: Stack, link: LimitedLink): Promise<string[]> {
  const rows = await unsoundCounters(stack, link.id)
  return rows.map((row) => `counters of ${link.slug} disagree with the holds: ${JSON.stringify(row)}`)
}

async function raceExpiry(stack: Stack, count: number, random: () => number): Promise<string[]> {
  const link = await limitedLink(stack, { completed_sessions: { limit: count } })
  const all = await openMany(stack, link, count)
  let paid = 0
  await Promise.all(
    all.map(async ({ buyer, id }) => {
      await hold(stack, buyer, link.slug, id)
      await stack.sql`
        update place_holds set expires_at = now() where checkout_session_id =
          (select id from checkout_sessions where stripe_session_id = ${id})`
      // The worker looks every five seconds: half come before it, half after, some at the same moment.
      await new Promise((resolve) => setTimeout(resolve, random() * 6000))
      await stack.sandbox.pay(id, { payment_method: 'card' }).then(
        () => {
          paid += 1
        },
        () => {},
      )
    }),
  )
  await eventually(async () => {
    const [row] = await stack.sql`
      select count(*) filter (where h.state = 'held')::int as held from place_holds h where link_id = ${link.id}`
    return row?.held === 0 ? true : null
  }, 120)
  const [row] = await stack.sql`
    select taken, sold from place_counters where link_id = ${link.id} and scope = 'sessions'`
  const breaches: string[] = []
  if (row?.sold !== paid || row.taken !== paid) {
    breaches.push(`pay and expiry: ${paid} paid, counted ${JSON.stringify(row)}`)
  }
  const refunds = await stack.sql`
    select 1 from place_refunds r join orders o on o.id = r.order_id where o.link_id = ${link.id}`
  if (refunds.length > 0) breaches.push(`pay and expiry: ${refunds.length} paid without a place`)
  return [...breaches, ...(await unsound(stack, link))]
}

/** Clients that skip the hold: each is within the limit or refunded exactly once. */
async function payWithoutPlace(stack: Stack, count: number): Promise<string[]> {
  const places = Math.floor(count / 2)
  const link = await limitedLink(stack, { completed_sessions: { limit: places } })
  const all = await openMany(stack, link, count)
  await Promise.all(all.map(({ id }) => stack.sandbox.pay(id, { payment_method: 'card' })))
  await settled(stack, link, count)
  await eventually(async () => {
    const rows = await stack.sql`
      select 1 from place_refunds r join orders o on o.id = r.order_id
      where o.link_id = ${link.id} and r.state = 'done'`
    return rows.length >= count - places ? true : null
  }, 180)
  const breaches: string[] = []
  const [row] = await stack.sql`
    select count(*) filter (where status = 'paid')::int as sold, count(*) filter (where status = 'review')::int as held
    from orders where link_id = ${link.id}`
  if (row?.sold !== places || row.held !== count - places) {
    breaches.push(`without a hold: ${JSON.stringify(row)} of ${places} places and ${count} payments`)
  }
  const orders = await stack.sql`
    select payment_intent_id as intent, status from orders where link_id = ${link.id}`
  for (const { intent, status } of orders) {
    const { data } = await stack.sandbox.stripe.refunds.list({ payment_intent: intent })
    const expected = status === 'review' ? 1 : 0
    if (data.length !== expected) breaches.push(`${data.length} refunds of an order in ${status}`)
  }
  return [...breaches, ...(await unsound(stack, link))]
}

/** Two transactions that wait for each other cost one of them a buyer's press of the button. */
async function deadlocks({ sql }: Stack): Promise<string[]> {
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const [row] = await sql`select deadlocks::int as n from pg_stat_database where datname = current_database()`
  return row?.n > 0 ? [`${row?.n} deadlocks`] : []
}
