import type { IncomingHttpHeaders } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { eventually } from '../support/buyer'
import { insideApp } from '../support/inside-app'
import { answer, Receiver, type Respond } from '../support/receiver'

const stack = sharedStack()
const { sql, sandbox } = stack
let app: Awaited<ReturnType<typeof insideApp>>
const receivers: Receiver[] = []

beforeAll(async () => {
  app = await insideApp(stack)
})
afterEach(async () => {
  await sql`delete from webhook_endpoints`
  for (const receiver of receivers.splice(0)) await receiver.stop()
})
afterAll(() => app.close())

async function listen(respond?: Respond, types = ['*']) {
  const receiver = await Receiver.start(respond)
  receivers.push(receiver)
  const endpoint = await app.createEndpoint({ url: receiver.url, enabled_events: types })
  return { receiver, endpoint }
}

const deliveryOf = async (event: string) => {
  const [row] = await sql`select * from webhook_deliveries where event_id = ${event}`
  return row
}
const ended = (event: string, status: string) =>
  eventually(async () => {
    const row = await deliveryOf(event)
    return row?.status === status ? row : null
  })

describe('an event', () => {
  test('arrives within a second or two, signed for both kinds of library, shaped like Stripe’s', async () => {
    const { receiver, endpoint } = await listen()
    const since = Date.now()
    const id = await app.emit('order.fulfilled', { amount_total: 2800, note: 'Ünïcödé \u2028 🛒' })
    const delivery = await ended(id, 'delivered')
    const [received] = receiver.of(id)
    expect((received?.at ?? 0) - since).toBeLessThan(4000)
    const { headers = {} as IncomingHttpHeaders, body = '' } = received ?? {}
    const event = sandbox.stripe.webhooks.constructEvent(
      body,
      String(headers['stripe-signature']),
      endpoint.secret,
    )
    expect(new Webhook(endpoint.secret).verify(body, headers as Record<string, string>)).toEqual(event)
    expect(event).toEqual({
      id,
      object: 'event',
      api_version: '2026-10-28.endive',
      created: expect.any(Number),
      data: { object: expect.objectContaining({ amount_total: 2800, note: 'Ünïcödé \u2028 🛒' }) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type: 'order.fulfilled',
    })
    expect(headers['webhook-id']).toBe(id)
    expect(delivery).toMatchObject({
      attempts: 1,
      last_status_code: 200,
      response_excerpt: 'ok',
      last_error: null,
    })
  })

  // Mutant: the outbox written after the commit. A rolled back change would be told.
  test('goes to those who chose its type, and to nobody if its change is rolled back', async () => {
    const all = await listen()
    const orders = await listen(undefined, ['order.fulfilled', 'order.refunded'])
    const off = await listen()
    await app.updateEndpoint(off.endpoint.id, { disabled: true })
    const links = await app.emit('payment_link.updated')
    const order = await app.emit('order.fulfilled')
    const targets = async (event: string) => {
      const rows = await sql`select endpoint_id from webhook_deliveries where event_id = ${event} order by 1`
      return rows.map((row) => row.endpoint_id)
    }
    expect(await targets(links)).toEqual([all.endpoint.id])
    expect(await targets(order)).toEqual([all.endpoint.id, orders.endpoint.id].sort())
    const [before] = await sql`select count(*)::int from webhook_deliveries`
    await expect(
      app.emit('order.fulfilled', {
        toJSON: () => {
          throw new Error('no')
        },
      }),
    ).rejects.toThrow()
    expect((await sql`select count(*)::int from webhook_deliveries`)[0]).toEqual(before)
  })

  test('keeps its id through every try, and one success ends them', async () => {
    let left = 2
    const { receiver, endpoint } = await listen((_, response) =>
      response.writeHead(left-- > 0 ? 500 : 200).end(),
    )
    const id = await app.emit()
    const delivery = await ended(id, 'delivered')
    expect(delivery.attempts).toBe(3)
    expect(receiver.of(id).map(({ body }) => JSON.parse(body).id)).toEqual([id, id, id])
    for (const { headers, body } of receiver.of(id)) {
      expect(() =>
        sandbox.stripe.webhooks.constructEvent(body, String(headers['stripe-signature']), endpoint.secret),
      ).not.toThrow()
    }
    // 5 s and 5 min, both ± 20 %, sixty times faster.
    const [first, second, third] = receiver.of(id).map(({ at }) => at)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(60)
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThan(4000)
    expect((third ?? 0) - (second ?? 0)).toBeLessThan(9000)
    const [row] = await sql`select failing_since from webhook_endpoints where id = ${endpoint.id}`
    expect(row?.failing_since).toBeNull()
  })

  test('waits as long as the receiver asks for', async () => {
    const { endpoint } = await listen(answer(429, { 'retry-after': '7200' }))
    const id = await app.emit()
    const delivery = await eventually(async () => {
      const row = await deliveryOf(id)
      return row?.last_status_code === 429 ? row : null
    })
    // 7,200 s, sixty times faster.
    const wait = (delivery.next_attempt_at.getTime() - delivery.last_attempt_at.getTime()) / 1000
    expect(wait).toBeGreaterThan(118)
    expect(wait).toBeLessThan(125)
    expect(endpoint.status).toBe('enabled')
  })

  test('is given up after the tenth try', async () => {
    await listen(answer(500))
    const id = await app.emit()
    await eventually(async () => ((await deliveryOf(id))?.attempts === 1 ? true : null))
    await sql`update webhook_deliveries set step = 9, next_attempt_at = now() where event_id = ${id}`
    expect(await ended(id, 'failed')).toMatchObject({ step: 10, last_error: 'Answered 500.' })
  })

  // Mutant: redirects are followed.
  test('is not sent on by a redirect', async () => {
    const other = await Receiver.start()
    receivers.push(other)
    const { receiver } = await listen(answer(307, { location: other.url }))
    const id = await app.emit()
    await eventually(async () => ((await deliveryOf(id))?.last_status_code === 307 ? true : null))
    expect(receiver.of(id).length).toBeGreaterThan(0)
    expect(other.received).toEqual([])
  })
})

describe('an endpoint', () => {
  test('that is gone is switched off at once, with what waits for it skipped', async () => {
    const { receiver, endpoint } = await listen(answer(410))
    const ids = [await app.emit(), await app.emit()]
    await eventually(async () => ((await app.findEndpoint(endpoint.id)).status === 'disabled' ? true : null))
    expect(await app.findEndpoint(endpoint.id)).toMatchObject({ disabledBy: 'gone' })
    expect(await app.endpointsSwitchedOff()).toMatchObject([{ id: endpoint.id, disabledBy: 'gone' }])
    for (const id of ids) await ended(id, 'skipped')
    await app.emit()
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(receiver.received.length).toBeLessThanOrEqual(2)
  })

  // Five days are two hours here. Mutant: one success at the end does not reset.
  test('that only failed for five days is switched off, one with a success in between is not', async () => {
    const fails = await listen(answer(500))
    const failing = (ago: string) => sql`
      update webhook_endpoints set failing_since = now() - ${ago}::interval where id = ${fails.endpoint.id}`
    await failing('1 hour 59 minutes')
    const id = await app.emit()
    await eventually(async () => ((await deliveryOf(id))?.last_status_code === 500 ? true : null))
    expect((await app.findEndpoint(fails.endpoint.id)).status).toBe('enabled')
    await failing('2 hours')
    await app.emit()
    await eventually(async () =>
      (await app.findEndpoint(fails.endpoint.id)).disabledBy === 'failures' ? true : null,
    )
    const sound = await listen()
    await sql`update webhook_endpoints set failing_since = now() - interval '9 days' where id = ${sound.endpoint.id}`
    await ended(await app.emit('order.refunded'), 'delivered')
    expect(await app.findEndpoint(sound.endpoint.id)).toMatchObject({ status: 'enabled', failingSince: null })
  })

  test('gets at most eight at the same time, from two processes together', async () => {
    const other = await stack.startApp()
    const { receiver } = await listen((_, response) => setTimeout(() => response.end(), 300))
    const ids = []
    for (let index = 0; index < 40; index++) ids.push(await app.emit())
    for (const id of ids) await ended(id, 'delivered')
    expect(receiver.most).toBeGreaterThan(2)
    expect(receiver.most).toBeLessThanOrEqual(8)
    expect(receiver.received).toHaveLength(40)
    await other.stop()
  })

  test('that is slow does not hold up another', async () => {
    await listen(() => {}, ['order.refunded'])
    for (let index = 0; index < 30; index++) await app.emit('order.refunded')
    await listen(undefined, ['order.fulfilled'])
    const since = Date.now()
    await ended(await app.emit('order.fulfilled'), 'delivered')
    expect(Date.now() - since).toBeLessThan(5000)
  })

  test('whose secret is rolled is signed for with both, and after the overlap with the new one', async () => {
    const { receiver, endpoint } = await listen()
    const rolled = await app.rollSecret(endpoint.id)
    expect(rolled.secret).not.toBe(endpoint.secret)
    const accepted = async () => {
      const id = await app.emit()
      await ended(id, 'delivered')
      const { headers = {}, body = '' } = receiver.of(id)[0] ?? {}
      return [endpoint.secret, rolled.secret].map((secret) => {
        try {
          sandbox.stripe.webhooks.constructEvent(body, String(headers['stripe-signature']), secret)
          new Webhook(secret).verify(body, headers as Record<string, string>)
          return true
        } catch {
          return false
        }
      })
    }
    expect(await accepted()).toEqual([true, true])
    await sql`update webhook_endpoints set previous_secret_until = now()`
    expect(await accepted()).toEqual([false, true])
  })

  test('can be deleted while events are being written', async () => {
    const { endpoint } = await listen()
    const [, ...rest] = await Promise.allSettled([
      app.deleteEndpoint(endpoint.id),
      ...Array.from({ length: 20 }, () => app.emit()),
    ])
    expect(rest.map(({ status }) => status)).toEqual(Array(20).fill('fulfilled'))
  })
})

describe('sending again', () => {
  test('one event keeps its id, and starts the schedule anew', async () => {
    const { receiver, endpoint } = await listen()
    const id = await app.emit()
    await ended(id, 'delivered')
    expect(await app.resendEvent(id, endpoint.id)).toBe(1)
    await eventually(async () => (receiver.of(id).length === 2 ? true : null))
    expect(await ended(id, 'delivered')).toMatchObject({ attempts: 2, step: 1 })
    await expect(app.resendEvent('evt_unknown')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a range sends what was missed, oldest first, and nothing twice', async () => {
    let sound = false
    const { receiver, endpoint } = await listen((_, response) => response.writeHead(sound ? 200 : 410).end())
    const from = new Date().toISOString()
    const failed = await app.emit()
    await ended(failed, 'skipped')
    const missed = [await app.emit(), await app.emit()]
    const range = { from, to: new Date(Date.now() + 1000).toISOString() }
    await expect(app.resendRange(endpoint.id, range)).rejects.toMatchObject({ code: 'conflict' })
    sound = true
    await app.updateEndpoint(endpoint.id, { disabled: false })
    receiver.received.length = 0
    expect(await app.resendRange(endpoint.id, range)).toBe(3)
    for (const id of [failed, ...missed]) await ended(id, 'delivered')
    expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set([failed, ...missed]))
    expect(receiver.received).toHaveLength(3)
    expect(await app.resendRange(endpoint.id, range)).toBe(0)
    expect(await app.resendRange(endpoint.id, { ...range, only_failed: false })).toBe(3)
    await eventually(async () => (receiver.received.length === 6 ? true : null))
  })
})

test.each([
  'http://10.0.0.1/',
  'https://192.168.7.1/',
  'http://169.254.169.254/latest',
  'https://a:b@example.org/',
])('%s is refused as an endpoint', async (url) => {
  await expect(app.createEndpoint({ url, enabled_events: ['*'] })).rejects.toMatchObject({
    code: 'invalid_request',
    param: 'url',
  })
})

test('events of more than 90 days are forgotten, except what still waits', async () => {
  const { purgeEvents } = await import('@/lib/events/purge')
  const { endpoint } = await listen()
  const [old, waiting, young] = [await app.emit(), await app.emit(), await app.emit()]
  for (const id of [old, waiting, young]) await ended(id, 'delivered')
  await sql`update events set created_at = now() - interval '91 days' where id in ${sql([old, waiting])}`
  await sql`
    update webhook_deliveries set status = 'pending', next_attempt_at = now() + interval '1 day'
    where event_id = ${waiting} and endpoint_id = ${endpoint.id}`
  await purgeEvents()
  const left = await sql`select id from events where id in ${sql([old, waiting, young])}`
  expect(left.map(({ id }) => id).sort()).toEqual([waiting, young].sort())
})
