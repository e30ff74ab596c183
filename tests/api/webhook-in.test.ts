import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { Buyer, eventually } from '../support/buyer'
import { deliver, deliverRaw, eventOf } from '../support/events'

const stack = sharedStack()
const { sql, sandbox } = stack

// The sandbox stays silent, so that each test alone decides what arrives when.
beforeAll(() => sandbox.webhooks({ action: 'drop' }))
afterAll(() => sandbox.clearWebhooks())

async function paidSession(search = '') {
  const buyer = new Buyer(stack)
  const { id } = await buyer.open('quiet-machine', search)
  await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  return { buyer, id, completed: await eventOf(stack, id, 'checkout.session.completed') }
}

async function fulfilments(session: string) {
  return sql`
    select o.id, o.status, f.source, o.link_id from fulfillments f join orders o on o.id = f.order_id
    where o.stripe_session_id = ${session}`
}

async function told(session: string) {
  const rows = await sql`
    select e.type from events e join orders o
      on e.data->'object'->>'id' in (o.id, o.stripe_session_id)
    where o.stripe_session_id = ${session} order by e.type`
  return rows.map((row) => row.type)
}

async function settled(session: string) {
  return eventually(async () => {
    const rows = await fulfilments(session)
    return rows.length > 0 ? rows : null
  })
}

describe('an event that Stripe did not sign', () => {
  const forged = JSON.stringify({
    id: 'evt_forged',
    object: 'event',
    type: 'checkout.session.completed',
    livemode: false,
    data: { object: { id: 'cs_test_forged', object: 'checkout.session' } },
  })
  const now = () => Math.floor(Date.now() / 1000)

  test.each([
    ['no signature', {}],
    ['an empty signature', { 'stripe-signature': '' }],
    ['no v1', { 'stripe-signature': `t=${now()}` }],
    ['only v0', { 'stripe-signature': `t=${now()},v0=abcdef` }],
    ['a made-up v1', { 'stripe-signature': `t=${now()},v1=${'0'.repeat(64)}` }],
  ])('is refused: %s', async (_what, headers) => {
    const response = await deliverRaw(stack, forged, headers as Record<string, string>)
    expect(response.status).toBe(400)
    expect(await sql`select 1 from stripe_events where id = 'evt_forged'`).toHaveLength(0)
  })

  test('is refused with another secret, too old, or from the future', async () => {
    expect((await deliver(stack, forged, { secret: `whsec_${'x'.repeat(24)}` })).status).toBe(400)
    expect((await deliver(stack, forged, { timestamp: now() - 310 })).status).toBe(400)
    // Mutant: the SDK's check alone. It lets any future time pass.
    expect((await deliver(stack, forged, { timestamp: now() + 310 })).status).toBe(400)
    expect(await sql`select 1 from stripe_events where id = 'evt_forged'`).toHaveLength(0)
  })

  test('is refused when one byte changed on the way, and when it was written anew', async () => {
    const { completed, id } = await paidSession()
    const header = sandbox.stripe.webhooks.generateTestHeaderString({
      payload: completed,
      secret: stack.webhookSecret,
    } as never)
    const changed = completed.replace('"amount_total":2800', '"amount_total":2801')
    expect(changed).not.toBe(completed)
    const rewritten = JSON.stringify(JSON.parse(completed), null, 1)
    for (const body of [changed, rewritten, completed.slice(0, -1), `\uFEFF${completed}`]) {
      expect((await deliverRaw(stack, body, { 'stripe-signature': header })).status).toBe(400)
    }
    expect(await fulfilments(id)).toHaveLength(0)
  })
})

describe('a paid session', () => {
  test('is fulfilled once by one event', async () => {
    const { completed, id } = await paidSession()
    expect((await deliver(stack, completed)).status).toBe(200)
    const rows = await settled(id)
    expect(rows).toMatchObject([{ status: 'paid', source: 'webhook' }])
    expect(await told(id)).toEqual(['checkout.session.completed', 'order.fulfilled'])
  })

  // Mutant: fulfil after a plain read instead of by the unique claim under the row lock.
  test('is fulfilled once by twenty copies at the same time', async () => {
    const { completed, id } = await paidSession()
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(stack, completed)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    await settled(id)
    expect(await fulfilments(id)).toHaveLength(1)
    expect(await sql`select 1 from stripe_events where object_id = ${id}`).toHaveLength(1)
    expect(await told(id)).toEqual(['checkout.session.completed', 'order.fulfilled'])
  })

  test('is fulfilled once by twenty different events of it at the same time', async () => {
    const { completed, id } = await paidSession()
    const ids = Array.from({ length: 20 }, (_, index) => `evt_${id.slice(-12)}_${index}`)
    const copies = ids.map((copy) => JSON.stringify({ ...JSON.parse(completed), id: copy }))
    await Promise.all(copies.map((copy) => deliver(stack, copy)))
    // The sweeper may add the event that was dropped.
    await eventually(async () => {
      const rows = await sql`select 1 from stripe_events where id in ${sql(ids)} and state = 'done'`
      return rows.length === 20 ? rows : null
    }, 45)
    expect(await fulfilments(id)).toHaveLength(1)
    expect(await told(id)).toEqual(['checkout.session.completed', 'order.fulfilled'])
    const [link] = await sql`select 1 from orders where stripe_session_id = ${id}`
    expect(link).toBeDefined()
  })

  test('is fulfilled once when the buyer and the events arrive together', async () => {
    const { buyer, completed, id } = await paidSession()
    const [back, ...answers] = await Promise.all([
      buyer.comeBack('quiet-machine', id),
      ...Array.from({ length: 8 }, () => deliver(stack, completed)),
      ...Array.from({ length: 8 }, () => buyer.comeBack('quiet-machine', id)),
    ])
    expect(back?.status).toBe(303)
    expect(back?.headers.get('location')).toContain('/receipt/')
    expect(answers.every(({ status }) => status === 200 || status === 303)).toBe(true)
    expect(await fulfilments(id)).toHaveLength(1)
    expect(await told(id)).toEqual(['checkout.session.completed', 'order.fulfilled'])
  })

  test('counts once towards the link', async () => {
    const count = async () => {
      const [row] = await sql`select completed_sessions from payment_links where slug = 'quiet-machine'`
      return row?.completed_sessions as number
    }
    const before = await count()
    const { completed, id } = await paidSession()
    await Promise.all(Array.from({ length: 10 }, () => deliver(stack, completed)))
    await settled(id)
    expect(await count()).toBe(before + 1)
  })
})

describe('an event that comes too early', () => {
  test('finds the session by its metadata while the answer that named it is not stored', async () => {
    const { completed, id } = await paidSession()
    await sql`update checkout_sessions set stripe_session_id = null, client_secret = null where stripe_session_id = ${id}`
    await deliver(stack, completed)
    expect(await settled(id)).toHaveLength(1)
  })

  test('waits for the row of its session and is not lost', async () => {
    const { completed, id } = await paidSession()
    const [row] = await sql`select * from checkout_sessions where stripe_session_id = ${id}`
    await sql`update visits set checkout_session_id = null where checkout_session_id = ${row?.id}`
    await sql`delete from checkout_sessions where id = ${row?.id}`
    expect((await deliver(stack, completed)).status).toBe(200)
    await eventually(async () => {
      const [event] = await sql`select attempts, state from stripe_events where object_id = ${id}`
      return event?.attempts > 0 && event?.state === 'pending' ? event : null
    })
    await sql`insert into checkout_sessions ${sql(row as Record<string, unknown>)}`
    expect(await settled(id)).toHaveLength(1)
  })
})

describe('an event that is not for us', () => {
  test.each([
    ['of another type', { type: 'customer.created' }, 'nothing follows from this type'],
    ['of live mode', { livemode: true }, 'the event is of live mode'],
  ])('%s is kept with the reason', async (_what, change, reason) => {
    const { completed, id } = await paidSession()
    const event = { ...JSON.parse(completed), ...change, id: `evt_other_${id.slice(-10)}` }
    expect((await deliver(stack, JSON.stringify(event))).status).toBe(200)
    const [kept] = await sql`select state, reason from stripe_events where id = ${event.id}`
    expect(kept).toEqual({ state: 'ignored', reason })
    expect(await fulfilments(id)).toHaveLength(0)
  })

  test('of another application on the account is ignored', async () => {
    const other = await sandbox.stripe.checkout.sessions.create({
      ui_mode: 'elements',
      mode: 'payment',
      return_url: 'https://shop.example/back',
      line_items: [
        { quantity: 1, price_data: { currency: 'eur', unit_amount: 900, product_data: { name: 'Other' } } },
      ],
    })
    await sandbox.pay(other.id, { payment_method: 'card', email: 'jenny@example.com' })
    await deliver(stack, await eventOf(stack, other.id, 'checkout.session.completed'))
    const event = await eventually(async () => {
      const [row] = await sql`select state, reason from stripe_events where object_id = ${other.id}`
      return row?.state === 'pending' ? null : row
    })
    expect(event).toEqual({ state: 'ignored', reason: 'the session was not opened by this application' })
    expect(await fulfilments(other.id)).toHaveLength(0)
  })
})

// Mutant: no comparison with the snapshot. The order would be fulfilled for another amount.
test('a session whose amount is not what was offered is held for review', async () => {
  const buyer = new Buyer(stack)
  const { id } = await buyer.open('quiet-machine')
  await sql`
    update checkout_sessions set snapshot = jsonb_set(snapshot, '{items,0,unit_amount}', '2900')
    where stripe_session_id = ${id}`
  await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  await deliver(stack, await eventOf(stack, id, 'checkout.session.completed'))
  const order = await eventually(async () => {
    const [row] = await sql`select status, review_reasons from orders where stripe_session_id = ${id}`
    return row
  })
  expect(order.status).toBe('review')
  expect(order.review_reasons.join()).toContain('2800 instead of 2900')
  expect(await fulfilments(id)).toHaveLength(0)
})
