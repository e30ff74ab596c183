import { Buyer } from '../support/buyer'
import type { ChaosInput, ChaosResult } from '../support/chaos'
import { eachOf } from '../support/crowd'
import { eventOf } from '../support/events'
import type { Stack } from '../support/stack'
import { control, deliverAndWait, Findings, onStage } from './stage'

type Session = { amount_total: number; metadata: Record<string, string> }
type Change = { session?: object; line_items?: object[] }

const search = '?client_reference_id=cart_42'

/** One field each; the rest of the session agrees with what was sold. */
const changes: Record<string, (session: Session, other: string) => Change> = {
  'a cent more': ({ amount_total }) => ({ session: { amount_total: amount_total + 1 } }),
  'a cent less': ({ amount_total }) => ({ session: { amount_total: amount_total - 1 } }),
  currency: () => ({ session: { currency: 'usd' } }),
  quantity: ({ amount_total: one }) => ({
    session: { amount_subtotal: 500 * one, amount_total: 500 * one },
    line_items: [{ quantity: 500, amount_subtotal: 500 * one, amount_total: 500 * one }],
  }),
  price: () => ({ line_items: [{ price: { id: 'price_of_something_else', unit_amount: 2800 } }] }),
  'missing item': () => ({ line_items: [] }),
  link: ({ metadata }) => ({ session: { metadata: { ...metadata, buylink_link: 'plink_other' } } }),
  'link version': ({ metadata }) => ({ session: { metadata: { ...metadata, buylink_version: '2' } } }),
  'session of another order': ({ metadata }, other) => ({
    session: { metadata: { ...metadata, buylink_session: other } },
  }),
  client_reference_id: () => ({ session: { client_reference_id: 'cart_43' } }),
  livemode: () => ({ session: { livemode: true } }),
  mode: () => ({ session: { mode: 'subscription' } }),
}

/** A signed event of a session that is not what was offered: held for a person, not fulfilled. */
export async function run(_options: ChaosInput): Promise<ChaosResult> {
  const names = Object.keys(changes)
  return onStage(async (stack) => {
    const findings = new Findings()
    await eachOf([...names, null], 4, async (name) => {
      const row = await sell(stack, name)
      const held = { status: 'review', explained: true, fulfilled: 0 }
      const sold = { status: 'paid', explained: false, fulfilled: 1 }
      findings.expect(name ?? 'nothing changed', row, name === null ? sold : held)
    })
    return { cases: names.length, breaches: findings.breaches }
  })
}

async function sell(stack: Stack, name: string | null) {
  const other = await new Buyer(stack).open('quiet-machine')
  const { id } = await new Buyer(stack).open('quiet-machine', search)
  await stack.sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  const session = await stack.sandbox.stripe.checkout.sessions.retrieve(id)
  const [row] = await stack.sql`select id from checkout_sessions where stripe_session_id = ${other.id}`
  const change = name === null ? {} : changes[name]?.(session as unknown as Session, row?.id)
  await control(stack, `checkout_sessions/${id}/tamper`, change)
  await deliverAndWait(stack, await eventOf(stack, id, 'checkout.session.completed'))
  const [order] = await stack.sql`
    select o.status, jsonb_array_length(o.review_reasons) > 0 as explained, count(f.order_id)::int as fulfilled
    from orders o left join fulfillments f on f.order_id = o.id
    where o.stripe_session_id = ${id} group by o.id`
  return order && { status: order.status, explained: order.explained, fulfilled: order.fulfilled }
}
