import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { releaseOrder } from '@/lib/checkout/release'
import { settleCheckout } from '@/lib/checkout/settle'
import { findOrder } from '@/lib/orders/order-details'
import { refundOrder } from '@/lib/orders/refund-order'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { joinStack } from '../support/domain'
import { readForm, sendForm } from '../support/form'
import { limitedLink } from '../support/limited-link'
import { ownerBrowser } from '../support/owner'

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

describe('a person', () => {
  // Mutants: accepting claims nothing or twice; `completed` is forgotten, or told a second time.
  test('lets a held order go on: it is fulfilled once and told as paid', async () => {
    const { id, order } = await held()
    expect(await findOrder(order.id)).toMatchObject({ acceptable: true, net: 0 })
    await Promise.all(Array.from({ length: 4 }, () => releaseOrder(order.id, 'jo@example.org')))
    await releaseOrder(order.id, 'jo@example.org')
    const after = await findOrder(order.id)
    expect(after).toMatchObject({ status: 'paid', acceptable: false, net: 2800, reviewReasons: [] })
    const kinds = after?.facts.map(({ kind }) => kind)
    expect(kinds).toEqual(['review', 'accepted', 'fulfilled'])
    expect(await sql`select 1 from fulfillments where order_id = ${order.id}`).toHaveLength(1)
    expect((await told(id)).sort()).toEqual(['checkout.session.completed', 'order.fulfilled', 'order.review'])
    const [event] = await sql`
      select data->'object'->>'payment_status' as payment from events
      where type = 'checkout.session.completed' and data->'object'->>'id' = ${id}`
    expect(event?.payment).toBe('paid')
    await settleCheckout(id, 'sweep')
    expect(await findOrder(order.id)).toMatchObject({ status: 'paid' })
  })

  // Mutant: what is still on its way is fulfilled because somebody pressed a button.
  test('cannot accept money that is not here', async () => {
    await sandbox.debits({ succeed_after: 1_000_000, delayed_after: 1_000_000 })
    const { id, order } = await held('sepa_debit')
    await expect(releaseOrder(order.id, 'jo@example.org')).rejects.toMatchObject({ code: 'conflict' })
    const { payment_intent: intent } = await sandbox.stripe.checkout.sessions.retrieve(id)
    await sandbox.settleDebit(intent as string, 'succeed')
    await sandbox.debits({})
    await releaseOrder(order.id, 'jo@example.org')
    expect(await findOrder(order.id)).toMatchObject({ status: 'paid', net: 2800 })
  })

  // Mutant: an order is fulfilled whose money goes, or went, back.
  test('cannot accept what was refunded, or had no place', async () => {
    const { order } = await held()
    await refundOrder(order.id)
    expect(await findOrder(order.id)).toMatchObject({ acceptable: false })
    await expect(releaseOrder(order.id, 'jo@example.org')).rejects.toMatchObject({ code: 'conflict' })
    const link = await limitedLink(stack, { completed_sessions: { limit: 1 } })
    const [one, other] = [await new Buyer(stack).open(link.slug), await new Buyer(stack).open(link.slug)]
    for (const { id } of [one, other]) {
      await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
      await settleCheckout(id, 'webhook')
    }
    const [row] = await sql`select id from orders where stripe_session_id = ${other.id}`
    expect(await findOrder(row?.id)).toMatchObject({ acceptable: false })
    await expect(releaseOrder(row?.id, 'jo@example.org')).rejects.toMatchObject({ code: 'conflict' })
    expect(await sql`select 1 from fulfillments where order_id in (${row?.id}, ${order.id})`).toHaveLength(0)
  })

  // Mutants: the action asks for no user; it goes through without the tick.
  test('does it on the order’s page, signed in and having ticked that they looked', async () => {
    const { order } = await held()
    const owner = await ownerBrowser(stack)
    const path = `/dashboard/orders/${order.id}`
    const html = await (await owner.fetch(path)).text()
    const form = readForm(path, html.slice(html.lastIndexOf('<form', html.indexOf('Accept this order'))))
    const { sure: _, ...unticked } = form.fields
    const headers = { origin: stack.baseUrl }
    const status = async () => (await findOrder(order.id))?.status
    const stranger = await sendForm(new Buyer(stack), form, { sure: 'on' }, headers)
    expect(stranger.location).toContain('/login')
    const refused = await sendForm(owner, { ...form, fields: unticked }, {}, headers)
    expect(refused.html).toContain('Look at why it is held first')
    expect(await status()).toBe('review')
    const done = await sendForm(owner, form, { sure: 'on' }, headers)
    expect(done.status).toBe(303)
    expect(await status()).toBe('paid')
    expect(await (await owner.fetch(path)).text()).toContain('Accepted by owner@example.org.')
  })
})
