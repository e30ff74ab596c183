import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bench, lineOf, sdkFor, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
beforeEach(() => bench.post('/_sandbox/reset'))
afterAll(() => bench.close())

const operation = 'products.create'
const strict = () => sdkFor(bench.sandbox, { maxNetworkRetries: 0, timeout: 500 })
const count = async () => (await bench.stripe.products.list()).data.length

test.each([
  ['429', 'before', 0, 'StripeRateLimitError'],
  ['409', 'before', 0, 'StripeAPIError'],
  ['503', 'before', 0, 'StripeAPIError'],
  ['503', 'after', 1, 'StripeAPIError'],
  ['500', 'after', 1, 'StripeAPIError'],
  ['html', 'before', 0, 'StripeAPIError'],
  ['html', 'after', 1, 'StripeAPIError'],
  ['hang', 'before', 0, 'StripeConnectionError'],
  ['hang', 'after', 1, 'StripeConnectionError'],
  ['cut', 'after', 1, 'StripeConnectionError'],
  ['slow', 'after', 1, 'StripeConnectionError'],
])('%s %s the effect leaves %i objects, and the same key heals it', async (kind, position, objects, type) => {
  await bench.post('/_sandbox/faults', { operation, kind, position, seconds: 1 })
  const create = () => strict().products.create({ name: 'x' }, { idempotencyKey: `${kind} ${position}` })
  const failure = await create().catch((error: { type: string }) => error)
  expect(failure).toMatchObject({ type })
  expect(await count()).toBe(objects)
  if (kind === '500') return
  const healed = await create()
  expect(healed.name).toBe('x')
  expect(await count()).toBe(1)
})

test('a reset after the effect is retried by the SDK even without retries, with the same key', async () => {
  await bench.post('/_sandbox/faults', { operation, kind: 'reset', position: 'after' })
  await strict().products.create({ name: 'x' }, { idempotencyKey: 'reset' })
  expect(await count()).toBe(1)
})

test('refused: nobody listens for a while', async () => {
  await bench.post('/_sandbox/faults', { operation, kind: 'refused', seconds: 2 })
  await expect(strict().products.create({ name: 'x' })).rejects.toMatchObject({
    type: 'StripeConnectionError',
  })
  await expect(fetch(bench.sandbox.url)).rejects.toThrow('fetch failed')
  await new Promise((resolve) => setTimeout(resolve, 2000))
  expect(await count()).toBe(0)
})

test('a malformed answer lacks what it was told to', async () => {
  await bench.post('/_sandbox/faults', {
    operation: 'checkout.sessions.create',
    kind: 'malformed',
    position: 'after',
    omit: ['client_secret'],
  })
  expect((await bench.session({ line_items: [lineOf(500)] })).client_secret).toBeUndefined()
})

test('429 carries Stripe-Should-Retry when asked', async () => {
  await bench.post('/_sandbox/faults', { operation, kind: '429', should_retry: true })
  const product = await sdkFor(bench.sandbox, { maxNetworkRetries: 1 }).products.create({ name: 'x' })
  expect(product.name).toBe('x')
})

test('the nth call is struck, and then none', async () => {
  await bench.post('/_sandbox/faults', { operation, kind: '503', nth: 3 })
  const outcomes: boolean[] = []
  for (let index = 0; index < 5; index += 1) {
    outcomes.push(
      await strict()
        .products.create({ name: 'x' })
        .then(
          () => true,
          () => false,
        ),
    )
  }
  expect(outcomes).toEqual([true, true, false, true, true])
})

test('the same seed strikes the same calls', async () => {
  const run = async (seed: number) => {
    await bench.post('/_sandbox/reset')
    await bench.post('/_sandbox/faults', { operation: '*', kind: '503', probability: 0.4, seed })
    const outcomes: boolean[] = []
    for (let index = 0; index < 30; index += 1) {
      outcomes.push(
        await strict()
          .products.create({ name: 'x' })
          .then(
            () => true,
            () => false,
          ),
      )
    }
    return outcomes
  }
  const first = await run(7)
  expect(first).toContain(true)
  expect(first).toContain(false)
  expect(await run(7)).toEqual(first)
  expect(await run(8)).not.toEqual(first)
})

test('faults are listed, removed, and checked', async () => {
  await bench.post('/_sandbox/faults', { operation, kind: '503', nth: 1 })
  expect((await bench.get('/_sandbox/faults')).body.data).toHaveLength(1)
  await bench.remove('/_sandbox/faults')
  await strict().products.create({ name: 'x' })
  expect((await bench.post('/_sandbox/faults', { operation, kind: 'flood' })).status).toBe(400)
  expect((await bench.post('/_sandbox/faults', { operation, kind: '429', position: 'after' })).status).toBe(
    400,
  )
})

test('another site in a browser may not steer the sandbox', async () => {
  const send = (headers: Record<string, string>) =>
    fetch(`${bench.sandbox.url}/_sandbox/reset`, { method: 'POST', headers })
  expect((await send({ origin: 'https://evil.example' })).status).toBe(403)
  expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await send({ origin: bench.sandbox.url })).status).toBe(200)
})
