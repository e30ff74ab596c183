import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox } from './server'
import { sdkFor, startReceiver } from './testing/bench'

const serverUrl = process.env.TEST_DATABASE_URL

describe.skipIf(!serverUrl)('state in Postgres', () => {
  // A database of its own: the server's may hold another sandbox.
  const name = `sandbox_test_${process.pid}`
  const own = new URL(serverUrl ?? 'postgres://unused')
  own.pathname = `/${name}`
  const databaseUrl = own.href
  const options = { databaseUrl, webhookRetry: [0.2, 0.2, 0.2, 0.2, 0.2, 5] }
  const onServer = async (statement: string) => {
    const sql = postgres(serverUrl ?? '', { onnotice: () => {}, max: 1 })
    await sql.unsafe(statement)
    await sql.end()
  }
  beforeAll(() => onServer(`create database ${name}`))
  afterAll(() => onServer(`drop database if exists ${name} with (force)`))

  test('objects, keys, the clock and open deliveries survive a restart', async () => {
    const receiver = await startReceiver()
    receiver.answer = () => 500
    const told = { ...options, webhooks: [{ url: receiver.url, secret: 'whsec_bench' }] }
    const first = await startSandbox(told)
    const post = (url: string, body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body) })
    const stripe = sdkFor(first)
    const session = await stripe.checkout.sessions.create(
      {
        mode: 'payment',
        ui_mode: 'elements',
        return_url: 'https://shop.example/',
        line_items: [
          {
            quantity: 1,
            price_data: { currency: 'eur', unit_amount: 900, product_data: { name: 'Ä "book"' } },
          },
        ],
      },
      { idempotencyKey: 'kept' },
    )
    await post(`${first.url}/_sandbox/clock`, { advance: 100 })
    await post(`${first.url}/_sandbox/debits`, { succeed_after: 3600 })
    await post(`${first.url}/_sandbox/checkout_sessions/${session.id}/pay`, { payment_method: 'sepa_debit' })
    await receiver.wait(1)
    await first.close()
    receiver.answer = () => 200

    const second = await startSandbox(told)
    const again = sdkFor(second)
    const kept = await again.checkout.sessions.retrieve(session.id, {
      expand: ['line_items', 'payment_intent'],
    })
    expect(kept).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'processing' },
    })
    expect(kept.line_items?.data[0]?.description).toBe('Ä "book"')
    await receiver.wait(1, (event) => event.type === 'checkout.session.completed')
    await post(`${second.url}/_sandbox/clock`, { advance: 3601 })
    expect((await again.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid')
    const replayed = await again.checkout.sessions.create(
      {
        mode: 'payment',
        ui_mode: 'elements',
        return_url: 'https://shop.example/',
        line_items: [
          {
            quantity: 1,
            price_data: { currency: 'eur', unit_amount: 900, product_data: { name: 'Ä "book"' } },
          },
        ],
      },
      { idempotencyKey: 'kept' },
    )
    expect(replayed.id).toBe(session.id)
    await second.close()
    await receiver.close()
  })

  test('an endpoint of an earlier start is forgotten, one made by API stays', async () => {
    const webhook = (port: number) => [{ url: `http://127.0.0.1:${port}/hooks`, secret: 'whsec_bench' }]
    const first = await startSandbox({ ...options, webhooks: webhook(1) })
    await sdkFor(first).webhookEndpoints.create({ url: 'http://127.0.0.1:2/own', enabled_events: ['*'] })
    await first.close()
    const second = await startSandbox({ ...options, webhooks: webhook(3) })
    const { data } = await sdkFor(second).webhookEndpoints.list()
    expect(data.map((endpoint) => endpoint.url).sort()).toEqual([
      'http://127.0.0.1:2/own',
      'http://127.0.0.1:3/hooks',
    ])
    await fetch(`${second.url}/_sandbox/reset`, { method: 'POST' })
    await second.close()
  })

  test('a reset empties it, and a second sandbox on the same database is refused', async () => {
    const first = await startSandbox(options)
    await sdkFor(first).products.create({ name: 'Here' })
    await expect(startSandbox(options)).rejects.toThrow('Another sandbox is running on this database.')
    await fetch(`${first.url}/_sandbox/reset`, { method: 'POST' })
    await first.close()
    const second = await startSandbox(options)
    expect((await sdkFor(second).products.list()).data).toHaveLength(0)
    await second.close()
  })
})
