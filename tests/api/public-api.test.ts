import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { eventually } from '../support/buyer'
import { insideApp } from '../support/inside-app'
import { Receiver } from '../support/receiver'

const stack = sharedStack()
const { sql, baseUrl } = stack
let app: Awaited<ReturnType<typeof insideApp>>
let key: { key: { id: string }; token: string }
let client: Stripe
let receiver: Receiver

beforeAll(async () => {
  app = await insideApp(stack)
  key = await app.createKey({ name: 'Tests', access: 'full' })
  client = clientWith(key.token)
  receiver = await Receiver.start()
})
afterAll(async () => {
  await sql`delete from webhook_endpoints`
  await sql`delete from api_keys`
  await receiver.stop()
  await app.close()
})

function clientWith(token: string): Stripe {
  const { hostname, port } = new URL(baseUrl)
  return new Stripe(token, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 })
}

function call(path: string, init: RequestInit = {}, token: string | null = key.token) {
  const headers = new Headers(init.headers)
  if (token) headers.set('authorization', `Bearer ${token}`)
  return fetch(`${baseUrl}${path}`, { ...init, headers })
}

const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })

describe('Stripe’s SDK', () => {
  test('creates, reads, changes, lists and deletes webhook endpoints', async () => {
    const made = await client.webhookEndpoints.create({
      url: receiver.url,
      enabled_events: ['checkout.session.completed', 'charge.refunded'],
      description: 'ERP',
      metadata: { team: 'books', gone: 'x' },
    })
    expect(made).toMatchObject({
      object: 'webhook_endpoint',
      api_version: '2026-10-28.endive',
      enabled_events: ['checkout.session.completed', 'charge.refunded'],
      description: 'ERP',
      livemode: false,
      metadata: { team: 'books', gone: 'x' },
      status: 'enabled',
      secret: expect.stringMatching(/^whsec_/),
    })
    const read = await client.webhookEndpoints.retrieve(made.id)
    expect(read).not.toHaveProperty('secret')
    const changed = await client.webhookEndpoints.update(made.id, {
      enabled_events: ['*'],
      disabled: true,
      metadata: { gone: '', more: 'y' },
    })
    expect(changed).toMatchObject({
      enabled_events: ['*'],
      status: 'disabled',
      metadata: { team: 'books', more: 'y' },
    })
    expect(
      (await client.webhookEndpoints.update(made.id, { disabled: false, metadata: '' })).metadata,
    ).toEqual({})
    const second = await client.webhookEndpoints.create({ url: `${receiver.url}/2`, enabled_events: ['*'] })
    const seen: string[] = []
    for await (const endpoint of client.webhookEndpoints.list({ limit: 1 })) seen.push(endpoint.id)
    expect(seen).toEqual([second.id, made.id])
    expect(await client.webhookEndpoints.del(made.id)).toEqual(
      expect.objectContaining({ id: made.id, object: 'webhook_endpoint', deleted: true }),
    )
    await expect(client.webhookEndpoints.retrieve(made.id)).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      code: 'resource_missing',
      statusCode: 404,
    })
    await client.webhookEndpoints.del(second.id)
  })

  test('lists and retrieves events, page by page and by type', async () => {
    const ids = []
    for (let index = 0; index < 5; index++) ids.unshift(await app.emit('order.disputed'))
    const [first] = (await client.events.list({ type: 'order.disputed', limit: 1 })).data
    expect(first?.id).toBe(ids[0])
    const seen: string[] = []
    for await (const event of client.events.list({ types: ['order.disputed'], limit: 2 })) seen.push(event.id)
    expect(seen).toEqual(ids)
    expect(await client.events.retrieve(ids[2] ?? '')).toMatchObject({
      id: ids[2],
      object: 'event',
      pending_webhooks: 0,
    })
    const before = await client.events.list({ ending_before: ids[3] ?? '', limit: 2, type: 'order.disputed' })
    expect(before.data.map(({ id }) => id)).toEqual([ids[1], ids[2]])
    expect(before.has_more).toBe(true)
    const soon = Math.floor(Date.now() / 1000) + 60
    expect((await client.events.list({ created: { gte: soon } })).data).toEqual([])
  })

  test('is told what is wrong as Stripe would', async () => {
    await expect(clientWith('sk_test_unknownkey123').events.list()).rejects.toMatchObject({
      type: 'StripeAuthenticationError',
      statusCode: 401,
    })
    await expect(
      client.webhookEndpoints.create({ url: 'http://192.168.1.1/', enabled_events: ['*'] }),
    ).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      param: 'url',
      requestId: expect.stringMatching(/^req_/),
    })
    await expect(
      client.webhookEndpoints.create({ url: receiver.url, enabled_events: ['account.updated'] }),
    ).rejects.toMatchObject({ param: 'enabled_events[0]' })
    await expect(client.events.list({ limit: 101 })).rejects.toMatchObject({ param: 'limit' })
  })
})

describe('keys', () => {
  test('are kept as a hash, and their last use is noted', async () => {
    const [row] = await sql`select * from api_keys where id = ${key.key.id}`
    expect(JSON.stringify(row)).not.toContain(key.token.slice(8))
    await eventually(async () => {
      const [used] = await sql`select last_used_at from api_keys where id = ${key.key.id}`
      return used?.last_used_at
    })
  })

  test('do what their scopes say and nothing else', async () => {
    const reader = await app.createKey({ name: 'Reader', access: 'read' })
    expect((await call('/v1/events', {}, reader.token)).status).toBe(200)
    const refused = await call('/v1/webhook_endpoints', form({ url: receiver.url }), reader.token)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('webhook_endpoints:write')
  })

  test.each([null, '', 'bl_test_', 'x'.repeat(5000)])('%j is refused', async (token) => {
    expect((await call('/v1/events', {}, token)).status).toBe(401)
  })

  // Mutant: the key looked up without its state or mode.
  test('are refused once revoked, and in the other mode', async () => {
    const { revokeKey } = await import('@/lib/accounts/keys')
    const gone = await app.createKey({ name: 'Gone', access: 'full' })
    expect((await call('/v1/events', {}, gone.token)).status).toBe(200)
    await revokeKey(gone.key.id)
    expect((await call('/v1/events', {}, gone.token)).status).toBe(401)
    const live = await app.createKey({ name: 'Live', access: 'full' })
    await sql`update api_keys set livemode = true where id = ${live.key.id}`
    expect((await call('/v1/events', {}, live.token)).status).toBe(401)
  })

  test('work as a user name too', async () => {
    const authorization = `Basic ${Buffer.from(`${key.token}:`).toString('base64')}`
    expect((await call('/v1/events', { headers: { authorization } }, null)).status).toBe(200)
  })

  test('are braked one by one', async () => {
    const busy = await app.createKey({ name: 'Busy', access: 'read' })
    const hash = `api:${busy.key.id}`
    await sql`insert into rate_limits (key, points, expire) values (${hash}, 100, now() + interval '1 minute')`
    const braked = await call('/v1/events', {}, busy.token)
    expect(braked.status).toBe(429)
    expect(braked.headers.get('retry-after')).toBe('1')
    expect((await call('/v1/events')).status).toBe(200)
  })
})

describe('an Idempotency-Key', () => {
  const create = (idempotency: string, path = '/a') =>
    call('/v1/webhook_endpoints', {
      ...form({ url: `${receiver.url}${path}`, 'enabled_events[]': '*' }),
      headers: { 'idempotency-key': idempotency },
    })

  // Mutant: read, then write. Ten at once would make several endpoints.
  test('makes one thing, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create('once-1')))
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
    const again = await create('once-1')
    expect(again.status).toBe(200)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    const rows = await sql`select id from webhook_endpoints where url = ${`${receiver.url}/a`}`
    expect(rows).toHaveLength(1)
    expect(await again.json()).toMatchObject({ id: rows[0]?.id })
  })

  test('is refused for another request, and given back after a refusal', async () => {
    expect((await create('once-2', '/b')).status).toBe(200)
    const other = await create('once-2', '/c')
    expect(other.status).toBe(400)
    expect(await other.json()).toMatchObject({ error: { type: 'idempotency_error' } })
    const wrong = () =>
      call('/v1/webhook_endpoints', {
        ...form({ url: receiver.url }),
        headers: { 'idempotency-key': 'once-3' },
      })
    expect((await wrong()).status).toBe(400)
    expect((await create('once-3', '/d')).status).toBe(200)
  })
})

describe('bodies', () => {
  test('may be JSON', async () => {
    const response = await call('/v1/webhook_endpoints', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: receiver.url, enabled_events: ['order.fulfilled'], metadata: { a: 'b' } }),
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ metadata: { a: 'b' } })
  })

  test('with what Postgres cannot keep are kept without it', async () => {
    const response = await call('/v1/webhook_endpoints', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body:
        '{"url":"' +
        receiver.url +
        '","enabled_events":["*"],"description":"a\\u0000b","metadata":{"k\\u0000":"\\ud800"}}',
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      description: 'a\uFFFDb',
      metadata: { 'k\uFFFD': '\uFFFD' },
    })
    expect((await call('/v1/events/evt_%00')).status).toBe(404)
    expect((await call('/v1/events?starting_after=%00')).status).toBe(200)
  })

  test.each([
    ['a list', 'application/json', '[]'],
    ['broken JSON', 'application/json', '{'],
    [
      'an unknown field',
      'application/json',
      '{"url":"https://a.example","enabled_events":["*"],"admin":true}',
    ],
    ['a prototype', 'application/x-www-form-urlencoded', '__proto__[admin]=1'],
    ['a deep nest', 'application/x-www-form-urlencoded', `a${'[b]'.repeat(50)}=1`],
    ['a value and a group', 'application/x-www-form-urlencoded', 'url=a&url[b]=c'],
    ['2 MB', 'application/x-www-form-urlencoded', `url=${'x'.repeat(2_000_000)}`],
  ])('%s is refused', async (_what, type, body) => {
    const response = await call('/v1/webhook_endpoints', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
  })
})

test('events are sent again by API: one, and a range', async () => {
  const endpoint = await client.webhookEndpoints.create({ url: `${receiver.url}/r`, enabled_events: ['*'] })
  const id = await app.emit()
  const arrived = (count: number) =>
    eventually(async () => {
      const got = receiver.of(id).filter(({ path }) => path === '/r')
      return got.length === count ? got : null
    })
  await arrived(1)
  await eventually(async () => ((await client.events.retrieve(id)).pending_webhooks === 0 ? true : null))
  const one = await call(`/v1/events/${id}/resend`, form({ webhook_endpoint: endpoint.id }))
  expect(await one.json()).toEqual({ object: 'resend', event: id, count: 1 })
  await arrived(2)
  await eventually(async () => ((await client.events.retrieve(id)).pending_webhooks === 0 ? true : null))
  const { created } = await client.events.retrieve(id)
  const range = await call(
    `/v1/webhook_endpoints/${endpoint.id}/resend`,
    form({ from: String(created), to: String(created + 1), only_failed: 'false' }),
  )
  expect(((await range.json()) as { count: number }).count).toBeGreaterThanOrEqual(1)
  await arrived(3)
})
