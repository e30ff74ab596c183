import { recheckOrder } from '@/lib/checkout/recheck'
import { settleCheckout } from '@/lib/checkout/settle'
import { sweepSessions } from '@/lib/checkout/sweep-sessions'
import { randomFrom } from '@/sandbox/webhooks/plan'
import { Buyer } from '../support/buyer'
import type { ChaosInput, ChaosResult } from '../support/chaos'
import { eachOf, shuffled } from '../support/crowd'
import { eventOf } from '../support/events'
import type { Stack } from '../support/stack'
import { control, deliverAndWait, Findings, onStage } from './stage'

const triggers = ['completed', 'async', 'return', 'sweep', 'recheck'] as const
const kinds = ['card', 'delayed, paid', 'delayed, failed'] as const
type Trigger = (typeof triggers)[number]
type Kind = (typeof kinds)[number]
type Case = { kind: Kind; order: Trigger[] }
type Sale = { stack: Stack; kind: Kind; buyer: Buyer; id: string; intent: string }

const slug = 'quiet-machine'

/** Who tells first, and in which order, makes no difference: every order of the five triggers × three payments. */
export async function run({ seed, scale }: ChaosInput): Promise<ChaosResult> {
  const random = randomFrom(seed)
  const orders = permutations([...triggers])
  const cases = kinds.flatMap((kind) => {
    const chosen = scale === 'full' ? orders : shuffled(orders, random).slice(0, 8)
    return chosen.map((order): Case => ({ kind, order }))
  })
  return onStage(async (stack) => {
    const findings = new Findings()
    await eachOf(cases, 4, (each) => play(stack, each, findings))
    const [link] = await stack.sql`select completed_sessions as count from payment_links where slug = ${slug}`
    const [had] = await stack.sql`
      select count(*)::int as count from checkout_sessions s join payment_links l on l.id = s.link_id
      where l.slug = ${slug} and s.status = 'complete'`
    findings.expect('completed sessions of the link', link?.count, had?.count)
    return { cases: cases.length, breaches: findings.breaches }
  })
}

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items]
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  )
}

async function play(stack: Stack, { kind, order }: Case, findings: Findings): Promise<void> {
  const buyer = new Buyer(stack)
  const { id } = await buyer.open(slug)
  const method = kind === 'card' ? 'card' : 'sepa_debit'
  await stack.sandbox.pay(id, { payment_method: method, email: 'jenny@example.com' })
  const { payment_intent } = await stack.sandbox.stripe.checkout.sessions.retrieve(id)
  const sale = { stack, kind, buyer, id, intent: payment_intent as string }
  for (const trigger of order) await pull(sale, trigger)
  await check(sale, order, findings)
}

async function check({ stack, kind, id }: Sale, order: Trigger[], findings: Findings): Promise<void> {
  const name = `${kind}: ${order.join(', ')}`
  const failed = kind === 'delayed, failed'
  const [row] = await stack.sql`
    select o.status, (select count(*)::int from fulfillments f where f.order_id = o.id) as fulfilled
    from orders o where o.stripe_session_id = ${id}`
  findings.expect(`${name}, order`, row, { status: failed ? 'failed' : 'paid', fulfilled: failed ? 0 : 1 })
  const told = await stack.sql`
    select e.type, count(*)::int as count from events e left join orders o on o.id = e.data->'object'->>'id'
    where e.data->'object'->>'id' = ${id} or o.stripe_session_id = ${id} group by e.type`
  const count = (type: string) => told.find((each) => each.type === type)?.count ?? 0
  findings.expect(`${name}, completed`, count('checkout.session.completed'), 1)
  findings.expect(`${name}, fulfilled`, count('order.fulfilled'), failed ? 0 : 1)
  findings.expect(`${name}, failed`, count('checkout.session.async_payment_failed'), failed ? 1 : 0)
  // Who hears of the session for the first time after the money came is told it was paid by `completed` itself.
  const heardBefore = kind === 'delayed, paid' && order[0] !== 'async'
  findings.expect(
    `${name}, succeeded`,
    count('checkout.session.async_payment_succeeded'),
    heardBefore ? 1 : 0,
  )
}

async function pull({ stack, kind, buyer, id, intent }: Sale, trigger: Trigger): Promise<void> {
  if (trigger === 'completed') {
    await deliverAndWait(stack, await eventOf(stack, id, 'checkout.session.completed'))
  } else if (trigger === 'async') {
    await deliverAndWait(stack, await asyncEvent(stack, kind, id, intent))
  } else if (trigger === 'return') {
    const back = await buyer.comeBack(slug, id)
    if (back.status !== 303) throw new Error(`the return page answered ${back.status}`)
  } else if (trigger === 'sweep') {
    await stack.sql`
      update checkout_sessions set checked_at = null, created_at = now() - interval '1 day'
      where stripe_session_id = ${id}`
    await sweepSessions(new AbortController().signal)
  } else {
    const [order] = await stack.sql`select id from orders where stripe_session_id = ${id}`
    await (order ? recheckOrder(order.id) : settleCheckout(id, 'recheck'))
  }
}

/** The end of a delayed payment; for a card, an event that should not be and changes nothing. */
async function asyncEvent(stack: Stack, kind: Kind, id: string, intent: string): Promise<string> {
  if (kind === 'card') {
    const event = JSON.parse(await eventOf(stack, id, 'checkout.session.completed'))
    const type = 'checkout.session.async_payment_succeeded'
    return JSON.stringify({ ...event, id: `${event.id}_async`, type })
  }
  const paid = kind === 'delayed, paid'
  await control(stack, `payment_intents/${intent}/settle`, { outcome: paid ? 'succeed' : 'fail' })
  return eventOf(stack, id, `checkout.session.async_payment_${paid ? 'succeeded' : 'failed'}`)
}
