import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bench, sdkFor, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
beforeEach(() => bench.post('/_sandbox/reset'))
afterAll(() => bench.close())

function create(key: string, params: Record<string, string> = { name: 'Once' }, secret = 'sk_test_1') {
  return fetch(`${bench.sandbox.url}/v1/products`, {
    method: 'POST',
    body: new URLSearchParams(params),
    headers: { authorization: `Bearer ${secret}`, 'idempotency-key': key },
  })
}

const count = async () => (await bench.stripe.products.list({ limit: 100 })).data.length

describe('Idempotency-Key', () => {
  test('the same request again gets the same answer and does nothing', async () => {
    const first = await create('one')
    const second = await create('one')
    expect(await second.text()).toBe(await first.text())
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(second.headers.get('original-request')).toBe(first.headers.get('request-id'))
    expect(await count()).toBe(1)
  })

  test('other parameters under the same key are an error', async () => {
    await create('two')
    const other = await create('two', { name: 'Twice' })
    expect(other.status).toBe(400)
    expect(await other.json()).toMatchObject({ error: { type: 'idempotency_error' } })
    expect(await count()).toBe(1)
  })

  test('thirty at once make one object', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => create('three')))
    expect(new Set(answers.map((answer) => answer.status))).not.toContain(500)
    expect(await count()).toBe(1)
  })

  test('a key in flight is a conflict', async () => {
    await bench.post('/_sandbox/faults', { operation: 'products.create', kind: 'slow', seconds: 0.3 })
    const first = create('four')
    await new Promise((resolve) => setTimeout(resolve, 100))
    const second = await create('four')
    expect(second.status).toBe(409)
    expect(await second.json()).toMatchObject({ error: { code: 'idempotency_key_in_use' } })
    expect((await first).status).toBe(200)
    expect((await create('four')).headers.get('idempotent-replayed')).toBe('true')
  })

  test('a refused parameter or key is not kept, a refusal of the operation is', async () => {
    expect((await create('five', { nome: 'x' })).status).toBe(400)
    expect((await create('five')).status).toBe(200)
    expect((await create('six', { name: 'x' }, 'sk_live_1')).status).toBe(401)
    expect((await create('six')).status).toBe(200)
    const refund = () =>
      bench.stripe.refunds.create({ payment_intent: 'pi_none' }, { idempotencyKey: 'seven' })
    const failure = await refund().catch((error: { headers: object }) => error)
    expect(failure).toMatchObject({ code: 'resource_missing' })
    const again = await refund().catch((error: { headers: object }) => error)
    expect(again).toMatchObject({ headers: { 'idempotent-replayed': 'true' } })
  })

  test('a 500 is kept, whether the effect happened or not', async () => {
    for (const position of ['before', 'after']) {
      await bench.post('/_sandbox/reset')
      await bench.post('/_sandbox/faults', { operation: 'products.create', kind: '500', position })
      expect((await create('eight')).status).toBe(500)
      const again = await create('eight')
      expect(again.status).toBe(500)
      expect(again.headers.get('idempotent-replayed')).toBe('true')
      expect(await count()).toBe(position === 'after' ? 1 : 0)
    }
  })

  test('keys belong to an API key and are forgotten after 24 hours', async () => {
    await create('nine')
    await create('nine', { name: 'Once' }, 'sk_test_2')
    expect(await count()).toBe(2)
    await bench.post('/_sandbox/clock', { advance: 24 * 3600 + 1 })
    expect((await create('nine')).headers.get('idempotent-replayed')).toBeNull()
    expect(await count()).toBe(3)
  })

  test('a key longer than 255 characters is refused', async () => {
    expect((await create('k'.repeat(256))).status).toBe(400)
  })

  test("the SDK's own retries repeat a key and make one object", async () => {
    const stripe = sdkFor(bench.sandbox, { maxNetworkRetries: 2 })
    await bench.post('/_sandbox/faults', { operation: 'products.create', kind: 'reset', position: 'after' })
    const product = await stripe.products.create({ name: 'Survivor' })
    expect(product.name).toBe('Survivor')
    expect(await count()).toBe(1)
    const { calls } = (await bench.get('/_sandbox/ledger?kinds=calls')).body as {
      calls: { operation: string; idempotency_key: string; fingerprint: string; fault: string | null }[]
    }
    const tries = calls.filter((call) => call.operation === 'products.create')
    expect(tries.map((call) => call.fault)).toEqual(['after reset', null])
    expect(new Set(tries.map((call) => call.idempotency_key)).size).toBe(1)
  })
})
