import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, lineOf, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

const read = async (path: string) => (await fetch(bench.sandbox.url + path)).text()
const press = (path: string, fields: Record<string, string>, origin = bench.sandbox.url) =>
  fetch(`${bench.sandbox.url}/actions/${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers: { origin },
  })
const intents = async () => (await bench.stripe.paymentIntents.list()).data

test('an empty window says how to begin', async () => {
  expect(await read('/')).toContain('4242 4242 4242 4242')
  for (const path of ['/sessions', '/events', '/deliveries', '/calls'])
    expect(await read(path)).toContain('No ')
})

test('shows payments, and its buttons refund and dispute', async () => {
  const session = await bench.session()
  await bench.pay(session.id, { email: 'ann@example.com' })
  const [intent] = await intents()
  const shown = await read('/')
  expect(shown).toContain('€12.00')
  expect(shown).toContain('ann@example.com')
  const refund = await press(`refund/${intent?.id}`, { back: '/' })
  expect(refund.status).toBe(303)
  expect(refund.headers.get('location')).toBe('/')
  expect(await read('/')).toContain('refunded')
  const again = await press(`refund/${intent?.id}`, { back: '/' })
  expect(await again.text()).toContain('has already been refunded')
  const disputed = await bench.session()
  await bench.pay(disputed.id)
  await press(`dispute/${(await intents())[0]?.id}`, {})
  expect((await bench.stripe.disputes.list()).data).toHaveLength(1)
})

test('settles a processing debit and expires an open session', async () => {
  await bench.post('/_sandbox/debits', { succeed_after: 3600 })
  const session = await bench.session()
  await bench.pay(session.id, { payment_method: 'sepa_debit' })
  await press(`settle/${(await intents())[0]?.id}`, { outcome: 'fail' })
  expect((await intents())[0]?.status).toBe('requires_payment_method')
  const open = await bench.session()
  await press(`expire/${open.id}`, { back: '/sessions' })
  expect((await bench.stripe.checkout.sessions.retrieve(open.id)).status).toBe('expired')
})

test('shows text as text', async () => {
  await bench.session({
    client_reference_id: '"><img src=x>',
    line_items: [
      {
        quantity: 1,
        price_data: { ...lineOf(900).price_data, product_data: { name: '<script>x</script>' } },
      },
    ],
  })
  const shown = await read('/sessions')
  expect(shown).toContain('&lt;script&gt;')
  expect(shown).not.toContain('<script>')
  expect(shown).not.toContain('<img')
})

test('an object, a call and an unknown address', async () => {
  const product = await bench.stripe.products.create({ name: 'Seen' })
  expect(await read(`/objects/${product.id}`)).toContain('product.created')
  expect(await read(`/?request=${product.lastResponse.requestId}`)).toContain('/v1/products')
  expect((await fetch(`${bench.sandbox.url}/nowhere`)).status).toBe(404)
  expect((await fetch(`${bench.sandbox.url}/objects/prod_none`)).status).toBe(404)
})

test('another site may not press its buttons', async () => {
  expect((await press('clock', { advance: '60' }, 'https://evil.example')).status).toBe(403)
})
