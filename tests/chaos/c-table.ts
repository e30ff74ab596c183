import { Buyer } from '../support/buyer'
import type { ChaosInput, ChaosResult } from '../support/chaos'
import { eachOf } from '../support/crowd'
import { eventOf } from '../support/events'
import type { Stack } from '../support/stack'
import { control, deliverAndWait, Findings, onStage } from './stage'

const statuses = ['open', 'complete', 'expired'] as const
const payments = ['paid', 'unpaid', 'no_payment_required'] as const
const settling = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
]
/** These say nothing of an order that is not there yet. */
const silent = ['payment_intent.payment_failed', 'payment_intent.succeeded']

type Cell = { status: (typeof statuses)[number]; payment: (typeof payments)[number]; type: string }
type Row = { session: string; order: string | null; fulfilled: number; told: string[] }

/** What must be there afterwards, written down apart from the code that does it. An event's name decides nothing. */
function expected({ status, payment, type }: Cell): Row {
  const nothing: Row = { session: 'open', order: null, fulfilled: 0, told: [] }
  if (silent.includes(type) || status === 'open') return nothing
  if (status === 'expired') return { ...nothing, session: 'expired', told: ['checkout.session.expired'] }
  const told = ['checkout.session.completed']
  if (payment === 'unpaid') return { session: 'complete', order: 'pending', fulfilled: 0, told }
  return { session: 'complete', order: 'paid', fulfilled: 1, told: [...told, 'order.fulfilled'] }
}

/** Status × payment status × event type: what Stripe has decides, whatever the event is called. */
export async function run(_options: ChaosInput): Promise<ChaosResult> {
  const cells = statuses.flatMap((status) =>
    payments.flatMap((payment) => [...settling, ...silent].map((type): Cell => ({ status, payment, type }))),
  )
  return onStage(async (stack) => {
    const findings = new Findings()
    await eachOf(cells, 4, async (cell) => {
      const { status, payment, type } = cell
      findings.expect(`${status}, ${payment}, ${type}`, await outcomeOf(stack, cell), expected(cell))
    })
    return { cases: cells.length, breaches: findings.breaches }
  })
}

async function outcomeOf(stack: Stack, { status, payment, type }: Cell): Promise<Row> {
  const { id } = await new Buyer(stack).open('quiet-machine')
  await stack.sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  await control(stack, `checkout_sessions/${id}/tamper`, {
    session: { status, payment_status: payment },
    payment_intent: payment === 'unpaid' ? { status: 'processing' } : {},
  })
  const event = JSON.parse(await eventOf(stack, id, 'checkout.session.completed'))
  if (silent.includes(type)) {
    const { payment_intent } = await stack.sandbox.stripe.checkout.sessions.retrieve(id, {
      expand: ['payment_intent'],
    })
    event.data.object = payment_intent
  }
  await deliverAndWait(stack, JSON.stringify({ ...event, type }))
  const [row] = await stack.sql`
    select s.status as session, o.status as order, count(f.order_id)::int as fulfilled,
      array(select e.type from events e where e.data->'object'->>'id' in (s.stripe_session_id, o.id)
        order by e.type) as told
    from checkout_sessions s left join orders o on o.checkout_session_id = s.id
      left join fulfillments f on f.order_id = o.id
    where s.stripe_session_id = ${id} group by s.id, o.id`
  return { session: row?.session, order: row?.order, fulfilled: row?.fulfilled, told: row?.told }
}
