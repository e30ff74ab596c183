import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bench, type Receiver, startBench, startReceiver } from './testing/bench'

let bench: Bench
let receiver: Receiver

beforeAll(async () => {
  receiver = await startReceiver()
  bench = await startBench({
    webhooks: [{ url: receiver.url, secret: 'whsec_bench' }],
    webhookRetry: [0.1, 0.2, 0.3],
  })
})
beforeEach(async () => {
  await bench.post('/_sandbox/reset')
  receiver.received.length = 0
  receiver.refused.length = 0
  receiver.answer = () => 200
  receiver.secrets = ['whsec_bench']
})
afterAll(async () => {
  await bench.close()
  await receiver.close()
})

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const make = (name = 'Told') => bench.stripe.products.create({ name })
const idsOf = () => receiver.received.map(({ event }) => event.id)

describe('deliveries', () => {
  test('are signed, name their request and carry the object as it was', async () => {
    const product = await bench.stripe.products.create({ name: 'One' }, { idempotencyKey: 'key-1' })
    await bench.stripe.products.update(product.id, { name: 'Two' })
    const [created, updated] = await receiver.wait(2)
    const events = [created?.event, updated?.event].sort((a, b) =>
      (a?.type ?? '') < (b?.type ?? '') ? -1 : 1,
    )
    expect(events[0]).toMatchObject({
      object: 'event',
      type: 'product.created',
      api_version: '2026-10-28.endive',
      livemode: false,
      pending_webhooks: 1,
      request: { idempotency_key: 'key-1', id: product.lastResponse.requestId },
      data: { object: { id: product.id, name: 'One' } },
    })
    expect(events[1]).toMatchObject({
      type: 'product.updated',
      data: { object: { name: 'Two' }, previous_attributes: { name: 'One' } },
    })
  })

  test('are tried again until a 2xx, with the same id, and counted as pending until then', async () => {
    receiver.answer = (_, count) => (count < 3 ? 500 : 200)
    await make()
    await receiver.wait(1)
    const waiting = await bench.stripe.events.list({ delivery_success: false })
    expect(waiting.data[0]?.pending_webhooks).toBe(1)
    await receiver.wait(3)
    expect(new Set(idsOf()).size).toBe(1)
    await pause(100)
    expect((await bench.stripe.events.list({ delivery_success: false })).data).toHaveLength(0)
    const { deliveries } = (await bench.get('/_sandbox/ledger?kinds=deliveries')).body as {
      deliveries: { state: string; attempts: { status: number }[] }[]
    }
    expect(deliveries[0]?.state).toBe('succeeded')
    expect(deliveries[0]?.attempts.map((attempt) => attempt.status)).toEqual([500, 500, 200])
  })

  test('end after the last try; redirects are failures', async () => {
    receiver.answer = () => 302
    await make()
    await receiver.wait(4)
    await pause(500)
    expect(receiver.received).toHaveLength(4)
    const { deliveries } = (await bench.get('/_sandbox/ledger?kinds=deliveries')).body as {
      deliveries: { state: string }[]
    }
    expect(deliveries[0]?.state).toBe('failed')
    receiver.answer = () => 200
    await bench.post(`/_sandbox/events/${idsOf()[0]}/resend`)
    await receiver.wait(5)
    await pause(100)
    expect((await bench.stripe.events.list({ delivery_success: false })).data).toHaveLength(0)
  })

  test('go to enabled endpoints that want the type', async () => {
    const other = await startReceiver()
    const endpoint = await bench.stripe.webhookEndpoints.create({
      url: other.url,
      enabled_events: ['price.created'],
    })
    expect(endpoint.secret).toMatch(/^whsec_\w{32}$/)
    other.secrets = [endpoint.secret ?? '']
    await bench.stripe.prices.create({ currency: 'eur', unit_amount: 100, product_data: { name: 'P' } })
    await other.wait(1)
    await bench.stripe.webhookEndpoints.update(endpoint.id, { disabled: true })
    await bench.stripe.prices.create({ currency: 'eur', unit_amount: 100, product_data: { name: 'P' } })
    await receiver.wait(4)
    await pause(100)
    expect(other.received.map(({ event }) => event.type)).toEqual(['price.created'])
    expect((await bench.stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined()
    await bench.stripe.webhookEndpoints.del(endpoint.id)
    expect((await bench.stripe.webhookEndpoints.list()).data).toHaveLength(1)
    await other.close()
  })

  test('carry two signatures while a secret rolls', async () => {
    const [endpoint] = (await bench.stripe.webhookEndpoints.list()).data
    const rolled = await bench.post(`/_sandbox/webhook_endpoints/${endpoint?.id}/roll`, { expires_in: 60 })
    const fresh = String(rolled.body.secret)
    await make()
    await receiver.wait(1)
    expect(receiver.received[0]?.signature.match(/v1=/g)).toHaveLength(2)
    receiver.secrets = [fresh]
    await make()
    await receiver.wait(2)
    await bench.post('/_sandbox/clock', { advance: 61 })
    await make()
    await receiver.wait(3)
    expect(receiver.received[2]?.signature.match(/v1=/g)).toHaveLength(1)
  })
})

describe('knobs', () => {
  test('duplicate sends copies, for as many as asked and the type asked', async () => {
    await bench.post('/_sandbox/webhooks', {
      action: 'duplicate',
      copies: 3,
      next: 1,
      type: 'product.created',
    })
    const product = await make()
    await bench.stripe.products.update(product.id, { name: 'x' })
    await make()
    await receiver.wait(5)
    await pause(100)
    expect(receiver.received).toHaveLength(5)
    expect(new Set(idsOf()).size).toBe(3)
  })

  test('drop never sends, and the event stays undelivered', async () => {
    await bench.post('/_sandbox/webhooks', { action: 'drop' })
    await make()
    await pause(200)
    expect(receiver.received).toHaveLength(0)
    expect((await bench.stripe.events.list({ delivery_success: false })).data).toHaveLength(1)
    await bench.remove('/_sandbox/webhooks')
    await make()
    await receiver.wait(1)
  })

  test('delay waits on the clock', async () => {
    await bench.post('/_sandbox/webhooks', { action: 'delay', seconds: 3600, next: 1 })
    await make()
    await pause(200)
    expect(receiver.received).toHaveLength(0)
    await bench.post('/_sandbox/clock', { advance: 3601 })
    await receiver.wait(1)
  })

  test('reorder lets a group go backwards', async () => {
    await bench.post('/_sandbox/webhooks', { action: 'reorder', next: 4, window: 4 })
    const sent: string[] = []
    for (let index = 0; index < 4; index += 1) sent.push((await make(`${index}`)).id)
    await receiver.wait(4)
    const arrived = receiver.received.map(({ event }) => (event.data.object as { id: string }).id)
    expect([...arrived].sort()).toEqual([...sent].sort())
    expect(arrived).not.toEqual(sent)
    expect(arrived[0]).toBe(sent[3])
  })

  test('burst holds a group and lets it go together', async () => {
    await bench.post('/_sandbox/webhooks', { action: 'burst', window: 3, copies: 2 })
    await make()
    await make()
    await pause(150)
    expect(receiver.received).toHaveLength(0)
    await make()
    const all = await receiver.wait(6)
    expect(Math.max(...all.map(({ at }) => at)) - Math.min(...all.map(({ at }) => at))).toBeLessThan(500)
    await make()
    await bench.post('/_sandbox/webhooks/release')
    await receiver.wait(8)
  })

  test('a wrong secret is refused and the retry is right; a wrong mode says live', async () => {
    await bench.post('/_sandbox/webhooks', { action: 'wrong_secret', next: 1 })
    await make()
    await receiver.wait(1)
    expect(receiver.refused).toHaveLength(1)
    await bench.post('/_sandbox/webhooks', { action: 'wrong_mode', next: 1 })
    await make()
    await receiver.wait(2)
    expect(receiver.received[1]?.event.livemode).toBe(true)
  })
})
