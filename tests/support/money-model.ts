import fc from 'fast-check'
import { randomFrom } from '@/sandbox/webhooks/plan'
import { Buyer, eventually } from './buyer'
import { eachOf, shuffled } from './crowd'
import { deliver } from './events'
import type { StackClient } from './stack'

type StripeEvent = { id: string; type: string; data: { object: { id: string; payment_intent?: string } } }
type Ledger = {
  events: StripeEvent[]
  charges: { payment_intent: string; amount_captured: number }[]
  refunds: { id: string; payment_intent: string; amount: number; status: string }[]
  disputes: { id: string; payment_intent: string; amount: number; status: string }[]
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('refund' as const), amount: fc.integer({ min: 1, max: 1500 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refund all' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fail a refund' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('dispute' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('move the dispute' as const),
      to: fc.constantFrom(
        'under_review',
        'won',
        'lost',
        'appeal_needs_response',
        'appeal_under_review',
        'not_invented_yet',
      ),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Written down a second time, from Stripe's documentation: what the application says is held against it. */
const heldBack = (status: string) => !/^(won|prevented|charge_refunded|warning_.*)$/.test(status)

/**
 * Plays random stories of refunds and disputes, tells them to the application in any order, some twice, some while
 * they go on, and compares every order with the sandbox's ledger. The sandbox's own webhooks must be dropped.
 */
export async function playMoney(stack: StackClient, options: { seed: number; count: number }) {
  const { sandbox, sql } = stack
  const random = randomFrom(options.seed)
  const stories = fc.sample(fc.array(step, { minLength: 1, maxLength: 7 }), {
    seed: options.seed,
    numRuns: options.count,
  })
  const payments = new Map<string, string>()
  await eachOf(stories, 4, async (story) => {
    const { id } = await new Buyer(stack).open('quiet-machine')
    await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
    const session = await sandbox.stripe.checkout.sessions.retrieve(id)
    const payment = session.payment_intent as string
    payments.set(payment, id)
    for (const each of story) await play(stack, payment, each, random)
  })
  const ledger = await sandbox.ledger<Ledger>()
  const ours = ledger.events.filter(({ data: { object } }) => payments.has(object.payment_intent ?? ''))
  const copies = ours.flatMap((event) => Array.from({ length: 1 + Math.floor(random() * 3) }, () => event))
  await eachOf(shuffled(copies, random), 12, async (event) => {
    await deliver(stack, JSON.stringify(event))
  })
  await eventually(async () => {
    const ids = ours.map(({ id }) => id)
    const [row] = await sql`
      select count(*)::int as count from stripe_events where state = 'pending' and id in ${sql(ids)}`
    return row?.count === 0 ? true : null
  }, 120)
  const breaches: string[] = []
  for (const [payment, session] of payments)
    breaches.push(...(await compare(stack, ledger, payment, session)))
  return { cases: stories.length, breaches }
}

/** One step, where Stripe allows it then; half of the time its news travels at once. */
async function play(stack: StackClient, payment: string, each: Step, random: () => number): Promise<void> {
  const { sandbox } = stack
  const control = (path: string, body: object = {}) =>
    fetch(`${sandbox.url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) })
  if (each.do === 'refund') await control(`payment_intents/${payment}/refund`, { amount: each.amount })
  else if (each.do === 'refund all') await control(`payment_intents/${payment}/refund`)
  else if (each.do === 'dispute') await control(`payment_intents/${payment}/dispute`)
  else if (each.do === 'fail a refund') {
    const { data } = await sandbox.stripe.refunds.list({ payment_intent: payment })
    const [first] = data.filter(({ status }) => status === 'succeeded')
    if (first) await control(`refunds/${first.id}/fail`)
  } else {
    const { data } = await sandbox.stripe.disputes.list({ payment_intent: payment })
    if (data[0]) await control(`disputes/${data[0].id}`, { status: each.to })
  }
  if (random() < 0.5) return
  const { data } = await sandbox.stripe.events.list({ limit: 20 })
  const mine = data.find(
    ({ data: { object } }) => 'payment_intent' in object && object.payment_intent === payment,
  )
  if (mine) await deliver(stack, JSON.stringify(mine))
}

async function compare(
  stack: StackClient,
  ledger: Ledger,
  payment: string,
  session: string,
): Promise<string[]> {
  const [order] = await stack.sql`
    select o.*, (select count(*)::int from events e where e.type = 'order.refunded'
      and e.data->'object'->>'id' = o.id) as told,
      (select array_agg(kind) from order_facts f where f.order_id = o.id) as facts
    from orders o where stripe_session_id = ${session}`
  if (!order) return [`${session} has no order`]
  const sum = (amounts: { amount: number }[]) => amounts.reduce((total, { amount }) => total + amount, 0)
  const charge = ledger.charges.find((each) => each.payment_intent === payment)
  const refunds = ledger.refunds.filter((each) => each.payment_intent === payment)
  const disputes = ledger.disputes.filter((each) => each.payment_intent === payment)
  const given = refunds.filter(({ status }) => status !== 'failed')
  const held = disputes.filter(({ status }) => heldBack(status))
  const expected = (charge?.amount_captured ?? 0) - sum(given) - sum(held)
  const net = Number(order.amount_total) - Number(order.amount_refunded) - Number(order.amount_disputed)
  const breaches: string[] = []
  const expect = (what: string, is: unknown, should: unknown) => {
    if (is !== should) breaches.push(`${session}: ${what} is ${is} instead of ${should}`)
  }
  expect('net', net, expected)
  expect('refunded', Number(order.amount_refunded), sum(given))
  const last = disputes.at(-1)?.status
  if (disputes.length === 1 && last !== 'won') expect('won', order.dispute_state === 'won', false)
  for (const { id, status } of refunds) {
    expect(
      `story of ${id}`,
      order.facts.includes(`${status === 'failed' ? 'refund_failed' : 'refunded'}:${id}`),
      true,
    )
  }
  const stories = new Set((order.facts as string[]).filter((kind) => /^refund/.test(kind)))
  expect('order.refunded', order.told, stories.size)
  return breaches
}
