import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleCheckout } from '@/lib/checkout/settle'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { joinStack } from '../support/domain'
import { limitedLink } from '../support/limited-link'

const stack = sharedStack()
const { sandbox, sql } = stack
joinStack(stack)

beforeAll(() => sandbox.webhooks({ action: 'drop' }))
afterAll(() => sandbox.clearWebhooks())

/** A session that says something else than what was offered. */
async function tamper(session: string, change: object) {
  const response = await fetch(`${sandbox.url}/_sandbox/checkout_sessions/${session}/tamper`, {
    method: 'POST',
    body: JSON.stringify(change),
  })
  if (!response.ok) throw new Error(await response.text())
}

async function held(method: 'card' | 'sepa_debit' = 'card') {
  const { id } = await new Buyer(stack).open('quiet-machine')
  await sandbox.pay(id, { payment_method: method, email: 'jenny@example.com' })
  await tamper(id, { session: { client_reference_id: 'somebody_elses' } })
  const settled = await settleCheckout(id, 'webhook')
  if (settled.outcome !== 'settled') throw new Error(`${id} was not settled`)
  return { id, order: settled.order }
}

/** Types of what was told of a session and its order, in order. */
async function told(session: string) {
  const rows = await sql`
    select type from events where data->'object'->>'id' = ${session}
      or data->'object'->>'checkout_session' = ${session} order by created_at, type`
  return rows.map(({ type }) => type)
}

describe('an order that is held for review', () => {
  // Mutant: `completed` is told of what is held; code written for Stripe ships on it.
  test('tells `order.review` with the reasons, and nothing that reads as paid', async () => {
    const { id, order } = await held()
    expect(order.status).toBe('review')
    await settleCheckout(id, 'sweep')
    expect(await told(id)).toEqual(['order.review'])
    const [event] = await sql`
      select data->'object' as object from events where type = 'order.review'
        and data->'object'->>'id' = ${order.id}`
    expect(event?.object).toMatchObject({
      status: 'review',
      amount_net: 0,
      review_reasons: [expect.stringContaining('client_reference_id')],
    })
  })

  test('tells the same where there was no place for it', async () => {
    const link = await limitedLink(stack, { completed_sessions: { limit: 1 } })
    const [one, other] = [await new Buyer(stack).open(link.slug), await new Buyer(stack).open(link.slug)]
    for (const { id } of [one, other]) {
      await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
      await settleCheckout(id, 'webhook')
    }
    expect(await told(one.id)).toEqual(['checkout.session.completed', 'order.fulfilled'])
    expect(await told(other.id)).toEqual(['order.review'])
  })
})
