import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LinkConfig, Restrictions } from '@/db/types'
import { sendPlaceRefunds } from '@/lib/checkout/place-refunds'
import { settleCheckout } from '@/lib/checkout/settle'
import { sharedStack } from '../support/api'
import { Buyer, eventually } from '../support/buyer'
import { joinStack } from '../support/domain'
import { linkLike } from '../support/link-like'

const stack = sharedStack()
const { sandbox, sql } = stack
joinStack(stack)

/** Only these arrive: what a session itself tells has been heard, or is asked for by the test. */
const heard = ['payment_intent.succeeded', 'payment_intent.canceled']
const unheard = ['checkout.session.completed', 'checkout.session.async_payment_succeeded']

beforeAll(() => sandbox.webhooks({ action: 'drop', types: unheard }))
afterAll(() => sandbox.clearWebhooks())

const byHand: Partial<LinkConfig> = {
  payment_intent_data: {
    description: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    capture_method: 'manual',
    setup_future_usage: null,
    metadata: {},
  },
}

const makeLink = (restrictions: Restrictions | null = null) =>
  linkLike(stack, 'quiet-machine', { ...byHand, restrictions })

async function authorise(slug: string) {
  const { id } = await new Buyer(stack).open(slug)
  await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  const settled = await settleCheckout(id, 'webhook')
  if (settled.outcome !== 'settled') throw new Error(`${id} was not settled`)
  return { id, order: settled.order, intent: settled.order.paymentIntentId ?? '' }
}

const orderThatIs = (session: string, status: string) =>
  eventually(async () => {
    const [row] = await sql`select * from orders where stripe_session_id = ${session}`
    return row?.status === status ? row : null
  })

describe(`a payment that is captured by hand (${heard.join(', ')})`, () => {
  // Mutants: the event of the payment is dropped; the authorised total is taken for what came in.
  test('is fulfilled when it is captured, with what was captured', async () => {
    const { slug } = await makeLink()
    const { id, order, intent } = await authorise(slug)
    expect(order).toMatchObject({ status: 'pending', amountTotal: 2800, fulfilledAt: null })
    await sandbox.stripe.paymentIntents.capture(intent, { amount_to_capture: 2000 })
    const paid = await orderThatIs(id, 'paid')
    expect(Number(paid.amount_total)).toBe(2000)
    expect(paid.fulfilled_at).not.toBeNull()
    const [fact] = await sql`
      select detail from order_facts where order_id = ${order.id} and kind = 'captured'`
    expect(fact?.detail).toEqual({ amount: 2000 })
    const [told] = await sql`
      select data->'object'->'amount_net' as net from events
      where type = 'order.fulfilled' and data->'object'->>'id' = ${order.id}`
    expect(told?.net).toBe(2000)
  })

  test('fails when it is let go', async () => {
    const { slug } = await makeLink()
    const { id, intent } = await authorise(slug)
    await sandbox.stripe.paymentIntents.cancel(intent)
    expect((await orderThatIs(id, 'failed')).fulfilled_at).toBeNull()
    const [told] = await sql`
      select count(*)::int as n from events where data->'object'->>'id' = ${id}
        and type = 'checkout.session.async_payment_failed'`
    expect(told?.n).toBe(1)
  })

  // Mutant: what waits to be captured is asked about later, until the bank forgets it after a week.
  test('is let go where it has no place', async () => {
    const { slug } = await makeLink({ completed_sessions: { limit: 1 } })
    const [first, second] = [await new Buyer(stack).open(slug), await new Buyer(stack).open(slug)]
    for (const { id } of [first, second]) {
      await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
      await settleCheckout(id, 'webhook')
    }
    const order = await orderThatIs(second.id, 'review')
    await eventually(async () => {
      await sendPlaceRefunds()
      const { status } = await sandbox.stripe.paymentIntents.retrieve(order.payment_intent_id)
      return status === 'canceled' ? true : null
    })
    const [row] = await eventually(async () => {
      const rows = await sql`
        select state, reason from place_refunds where order_id = ${order.id} and state <> 'pending'`
      return rows.length > 0 ? rows : null
    })
    expect(row).toEqual({ state: 'done', reason: 'the authorisation was cancelled' })
    const kept = await orderThatIs(first.id, 'pending')
    expect((await sandbox.stripe.paymentIntents.retrieve(kept.payment_intent_id)).status).toBe(
      'requires_capture',
    )
  })
})
