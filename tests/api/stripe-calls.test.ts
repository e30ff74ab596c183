import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createProduct } from '@/lib/catalog/catalog'
import { sessionCall } from '@/lib/checkout/create'
import { openCheckout } from '@/lib/checkout/open'
import { settleCheckout } from '@/lib/checkout/settle'
import { sweepCalls } from '@/lib/checkout/sweep-calls'
import { readCounters } from '@/lib/counters'
import { refundOrder } from '@/lib/orders/refund-order'
import { callStripe } from '@/lib/stripe/calls'
import { writeStripe } from '@/lib/stripe/write'
import { joinStack } from '../support/domain'
import { type Stack, startStack } from '../support/stack'

type Call = { operation: string; idempotency_key: string | null; fingerprint: string; status: number }

let stack: Stack

beforeAll(async () => {
  stack = await startStack({
    app: false,
    seed: true,
    env: { STRIPE_TIMEOUT_SECONDS: '1', LOG_LEVEL: 'silent' },
  })
  joinStack(stack)
})
afterEach(recover)
afterAll(() => stack.stop())

const always = { nth: 1, times: 1000 }
const unavailable = { code: 'stripe_unavailable' }
const ask = () => callStripe('products.list', (stripe, options) => stripe.products.list({}, options))

/** Ends the faults and waits until the breaker has closed by itself. */
async function recover() {
  await stack.sandbox.clearFaults()
  const answer = () =>
    ask().then(
      () => 'answered',
      () => 'not yet',
    )
  await expect.poll(answer, { timeout: 20_000 }).toBe('answered')
}

async function allCalls(): Promise<Call[]> {
  return (await stack.sandbox.ledger<{ calls: Call[] }>()).calls
}

async function callsWith(key: string): Promise<Call[]> {
  return (await allCalls()).filter((call) => call.idempotency_key === key)
}

function open(buyerHash = randomUUID()) {
  const page = { slug: 'quiet-machine', search: '', referrer: '', userAgent: 'x', acceptLanguage: null }
  return openCheckout({ ...page, buyerHash, address: null })
}

async function opened(buyerHash = randomUUID()): Promise<string> {
  const answer = await open(buyerHash)
  return answer.state === 'open' ? (answer.client_secret.split('_secret_')[0] ?? '') : answer.state
}

async function rowOf(buyer: string) {
  const rows = await stack.sql`
    select id, status, stripe_session_id from checkout_sessions where buyer_hash = ${buyer}
    order by created_at desc`
  return rows[0] ?? {}
}

async function sessionsOf(row: string): Promise<string[]> {
  type Ledger = { sessions: { id: string; metadata: Record<string, string> }[] }
  const { sessions } = await stack.sandbox.ledger<Ledger>()
  return sessions.filter(({ metadata }) => metadata.buylink_session === row).map(({ id }) => id)
}

async function sold() {
  const id = await opened()
  await stack.sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  const settled = await settleCheckout(id, 'webhook')
  if (settled.outcome !== 'settled') throw new Error('not paid')
  return settled.order
}

async function refundsOf(payment: string | null): Promise<number[]> {
  const { data } = await stack.sandbox.stripe.refunds.list({ payment_intent: payment ?? '' })
  return data.map(({ amount }) => amount)
}

/** As if the calls had been made so much earlier. */
async function age(interval: string) {
  await stack.sql`
    update stripe_calls set first_sent_at = first_sent_at - ${interval}::interval,
      created_at = created_at - ${interval}::interval, updated_at = updated_at - ${interval}::interval`
}

const sweepNow = () => sweepCalls(new AbortController().signal)

describe('a call that is asked again', () => {
  // Mutant: `now()` in frozen parameters; parameters built anew for a retry.
  test.each(['1 second', '5 minutes', '22 hours'])(
    'after %s has the same key and the same bytes',
    async (later) => {
      const product = await createProduct({ name: 'Frozen' })
      const subject = randomUUID()
      const price = (nickname: string) =>
        writeStripe({
          subject,
          operation: 'prices.create',
          params: { product: product.id, currency: 'eur', unit_amount: 500, nickname },
          send: (stripe, params, options) => stripe.prices.create(params, options),
          find: async () => undefined,
        })
      await stack.sandbox.addFault({ operation: 'prices.create', kind: 'cut', position: 'after', ...always })
      await expect(price(`built at ${Date.now()}`)).rejects.toMatchObject(unavailable)
      await recover()
      await age(later)
      await price('built by the next release')
      const calls = await callsWith(`prices.create:${subject}:1`)
      expect(calls.length).toBeGreaterThan(3)
      expect(new Set(calls.map(({ fingerprint }) => fingerprint)).size).toBe(1)
      expect(calls.every(({ status }) => status === 200)).toBe(true)
      const { data } = await stack.sandbox.stripe.prices.list({ product: product.id })
      expect(data).toHaveLength(1)
    },
  )

  test('eight times at once makes one', async () => {
    const buyer = randomUUID()
    const answers = await Promise.all(Array.from({ length: 8 }, () => open(buyer)))
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(await sessionsOf((await rowOf(buyer)).id)).toHaveLength(1)
  })
})

describe('a failure that Stripe keeps under the key', () => {
  // Mutant: a new key without looking first makes a second session.
  test('after the effect leads to what was made', async () => {
    const buyer = randomUUID()
    await stack.sandbox.addFault({ operation: 'checkout.sessions.create', kind: '500', position: 'after' })
    const id = await opened(buyer)
    const row = await rowOf(buyer)
    expect(await sessionsOf(row.id)).toEqual([id])
    expect(await callsWith(`checkout.sessions.create:${row.id}:2`)).toHaveLength(0)
    expect((await readCounters()).stripe_adoptions).toBeGreaterThan(0)
  })

  // Mutant: the same key for ever. The buyer would wait for a day.
  test('without an effect is followed by a new key', async () => {
    const buyer = randomUUID()
    await stack.sandbox.addFault({ operation: 'checkout.sessions.create', kind: '500', position: 'before' })
    const id = await opened(buyer)
    const row = await rowOf(buyer)
    expect(await sessionsOf(row.id)).toEqual([id])
    const second = await callsWith(`checkout.sessions.create:${row.id}:2`)
    expect(second.map(({ status }) => status)).toEqual([200])
  })
})

describe('a key that Stripe has forgotten', () => {
  // Mutant: the key is sent again after a day and refunds a second time.
  test.each([
    { what: 'is not used again where the refund was made', position: 'after', kind: 'cut' },
    { what: 'is replaced where nothing was made', position: 'before', kind: '503' },
  ])('$what', async ({ position, kind }) => {
    const order = await sold()
    await stack.sandbox.addFault({ operation: 'refunds.create', kind, position, ...always })
    const refund = () => refundOrder(order.id, 700, order.moneyVersion)
    await expect(refund()).rejects.toMatchObject(unavailable)
    await recover()
    const [wish] = await stack.sql`select id from refund_requests where order_id = ${order.id}`
    const key = `refunds.create:${wish?.id}:1`
    const sent = (await callsWith(key)).length
    await stack.sandbox.advance(25 * 3600)
    await age('25 hours')
    expect((await refund()).amountRefunded).toBe(700)
    expect(await callsWith(key)).toHaveLength(sent)
    expect(await refundsOf(order.paymentIntentId)).toEqual([700])
  })
})

describe('the sweeper finds a call that was never answered', () => {
  const unanswered = async (kind: string, position: string) => {
    const buyer = randomUUID()
    await stack.sandbox.addFault({ operation: 'checkout.sessions.create', kind, position, ...always })
    await expect(open(buyer)).rejects.toMatchObject(unavailable)
    await recover()
    await age('11 minutes')
    await sweepNow()
    return { buyer, row: await rowOf(buyer) }
  }

  // Mutant: the row is let go without a look at Stripe, and a payable session stays behind.
  test('and adopts its session', async () => {
    const { buyer, row } = await unanswered('cut', 'after')
    expect(await sessionsOf(row.id)).toEqual([row.stripe_session_id])
    expect(await opened(buyer)).toBe(row.stripe_session_id)
  })

  test('and gives it up where nothing was made', async () => {
    const { buyer, row } = await unanswered('503', 'before')
    expect(row.status).toBe('expired')
    await expect(writeStripe(sessionCall(row.id))).rejects.toMatchObject({ code: 'conflict' })
    expect(await sessionsOf(row.id)).toEqual([])
    expect(await opened(buyer)).toMatch(/^cs_test_/)
  })

  // Mutant: a call that never went out is given up, and the money is never given back.
  test.each(['sent', 'prepared'])('and finishes a refund that was %s', async (state) => {
    const order = await sold()
    await stack.sandbox.addFault({ operation: 'refunds.create', kind: '503', position: 'before', ...always })
    await expect(refundOrder(order.id, 900)).rejects.toMatchObject(unavailable)
    await recover()
    await stack.sql`update stripe_calls set state = ${state} where operation = 'refunds.create' and state = 'sent'`
    await age('11 minutes')
    await sweepNow()
    expect(await refundsOf(order.paymentIntentId)).toEqual([900])
    const [row] = await stack.sql`select amount_refunded from orders where id = ${order.id}`
    expect(Number(row?.amount_refunded)).toBe(900)
  })
})

// Mutant: no breaker. Twenty buyers would each wait out five tries, and Stripe would get a hundred calls.
test('a Stripe that is down is left alone, and found again by itself', async () => {
  await stack.sandbox.addFault({ operation: 'products.list', kind: '503', position: 'before', ...always })
  const failed = await Promise.allSettled([ask(), ask(), ask()])
  expect(failed.every(({ status }) => status === 'rejected')).toBe(true)
  const before = (await allCalls()).length
  const since = Date.now()
  const refused = { ...unavailable, retryAfter: expect.any(Number) }
  await Promise.all(Array.from({ length: 20 }, () => expect(ask()).rejects.toMatchObject(refused)))
  expect(Date.now() - since).toBeLessThan(2000)
  expect((await allCalls()).length - before).toBeLessThanOrEqual(3)
  await recover()
})
