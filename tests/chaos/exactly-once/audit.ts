import type Stripe from 'stripe'
import { eventually } from '../../support/buyer'
import type { StackClient } from '../../support/stack'
import type { Sale } from './sales'

type Found = {
  session: string
  order_id: string | null
  order_status: string | null
  was_pending: boolean
  fulfilments: number
  told: Record<string, number>
}

/** Waits until nothing is left to do, then holds our tables against what Stripe's stand-in says happened. */
export async function audit(
  stack: StackClient,
  sales: Sale[],
): Promise<{ cases: number; breaches: string[] }> {
  const breaches: string[] = []
  const ids = new Set<string>()
  for (const sale of sales) {
    for (const body of sale.events) ids.add((JSON.parse(await body()) as Stripe.Event).id)
  }
  breaches.push(...(await inboxProblems(stack, ids)))
  const found = await ours(stack)
  const { sessions } = await stack.sandbox.ledger<{ sessions: Stripe.Checkout.Session[] }>('sessions')
  const paidAtStripe = new Set(
    sessions.filter(({ payment_status }) => payment_status === 'paid').map(({ id }) => id),
  )
  for (const sale of sales) {
    const row = found.get(sale.session)
    breaches.push(...saleProblems(sale, row, paidAtStripe.has(sale.session)))
  }
  const [link] = await stack.sql`
    select l.completed_sessions as counted,
      (select count(*)::int from checkout_sessions s where s.link_id = l.id and s.status = 'complete') as complete
    from payment_links l where l.slug = 'quiet-machine'`
  if (link?.counted !== link?.complete)
    breaches.push(`the link counted ${link?.counted} of ${link?.complete} completed sessions`)
  breaches.push(...(await claimProblems(stack)))
  return { cases: ids.size, breaches }
}

async function inboxProblems({ sql }: StackClient, ids: Set<string>): Promise<string[]> {
  const count = async (state: string) => {
    const [row] = await sql`select count(*)::int as count from stripe_events where state = ${state}`
    return Number(row?.count)
  }
  await eventually(async () => ((await count('pending')) === 0 ? true : null), 300).catch(() => {})
  const kept = await sql<{ id: string }[]>`select id from stripe_events`
  const known = new Set(kept.map(({ id }) => id))
  const lost = [...ids].filter((id) => !known.has(id))
  const [pending, dead] = [await count('pending'), await count('dead')]
  return [
    ...(lost.length > 0 ? [`${lost.length} acknowledged events lost, for instance ${lost[0]}`] : []),
    ...(pending > 0 ? [`${pending} events still wait five minutes after the last request`] : []),
    ...(dead > 0 ? [`${dead} events were given up on`] : []),
  ]
}

/** One row per session with everything that followed from it. */
async function ours({ sql }: StackClient): Promise<Map<string, Found>> {
  const rows = await sql<Found[]>`
    with told as (
      select session, jsonb_object_agg(type, count) as told from (
        select coalesce(data->'object'->>'checkout_session', data->'object'->>'id') as session, type,
          count(*)::int as count
        from events group by 1, 2) each group by session)
    select s.stripe_session_id as session, min(o.id) as order_id, min(o.status) as order_status,
      coalesce(bool_or(p.order_id is not null), false) as was_pending,
      (select count(*)::int from fulfillments f where f.checkout_session_id = s.id) as fulfilments,
      coalesce((select t.told from told t where t.session = s.stripe_session_id), '{}') as told
    from checkout_sessions s
      left join orders o on o.checkout_session_id = s.id
      left join order_facts p on p.order_id = o.id and p.kind = 'pending'
    group by s.id`
  return new Map(rows.map((row) => [row.session, row]))
}

function saleProblems({ kind, session }: Sale, row: Found | undefined, isPaid: boolean): string[] {
  if (!row?.order_id) return [`${session} (${kind}) has no order`]
  const problems: string[] = []
  const expect = (what: string, actual: unknown, expected: unknown) => {
    if (actual !== expected) problems.push(`${session} (${kind}): ${what} ${actual} instead of ${expected}`)
  }
  expect('paid at Stripe', isPaid, kind !== 'delayed failed')
  expect('fulfilments', row.fulfilments, isPaid ? 1 : 0)
  expect('order', row.order_status, isPaid ? 'paid' : 'failed')
  const told = (type: string) => row.told[type] ?? 0
  expect('order.fulfilled', told('order.fulfilled'), isPaid ? 1 : 0)
  expect('completed', told('checkout.session.completed'), 1)
  const endedLate = isPaid && row.was_pending
  expect('async_payment_succeeded', told('checkout.session.async_payment_succeeded'), endedLate ? 1 : 0)
  expect('async_payment_failed', told('checkout.session.async_payment_failed'), isPaid ? 0 : 1)
  return problems
}

/** The claim is the database's to refuse, not the code's to remember. */
async function claimProblems({ sql }: StackClient): Promise<string[]> {
  const second = sql`
    insert into fulfillments (checkout_session_id, order_id, source)
    select checkout_session_id, order_id, 'sweep' from fulfillments limit 1`
  const refusal: unknown = await second.then(
    () => null,
    (error: { code?: string }) => error.code,
  )
  return refusal === '23505' ? [] : ['the database let a session be fulfilled a second time']
}
