import { beforeAll, describe, expect, test } from 'vitest'
import { type ChargeInput, chargeSavedMethod } from '@/lib/checkout/charge-saved'
import { sharedStack } from '../support/api'
import { Buyer, eventually } from '../support/buyer'
import { joinStack } from '../support/domain'
import { insideApp } from '../support/inside-app'
import { linkLike } from '../support/link-like'

const stack = sharedStack()
const { sandbox, sql, baseUrl } = stack
joinStack(stack)

const always3ds = '4000002760003184'
const failsWhenCharged = '4000000000000341'

let link: { id: string; slug: string }
let wishes = 0

beforeAll(async () => {
  link = await linkLike(stack, 'quiet-machine', (_price) => ({
    payment_intent_data: {
      description: null,
      statement_descriptor: null,
      statement_descriptor_suffix: null,
      capture_method: 'automatic_async',
      setup_future_usage: 'off_session',
      metadata: {},
    },
  }))
})

/** Somebody who bought once and agreed to be charged later. */
async function savedCard(number?: string) {
  const { id } = await new Buyer(stack).open(link.slug)
  await sandbox.pay(id, {
    payment_method: 'card',
    email: 'later@example.com',
    ...(number && { number }),
  })
  const session = await sandbox.stripe.checkout.sessions.retrieve(id)
  const customer = session.customer as string
  const { data } = await sandbox.stripe.customers.listPaymentMethods(customer)
  return { customer, payment_method: data[0]?.id ?? '' }
}

const wish = (card: { customer: string; payment_method: string }, more: Partial<ChargeInput> = {}) => ({
  ...card,
  amount: 1200,
  currency: 'eur',
  description: 'Box of November',
  idempotency: `test-${process.pid}-${++wishes}`,
  ...more,
})

async function intentsOf(customer: string) {
  const { data } = await sandbox.stripe.paymentIntents.list({ customer, limit: 100 })
  return data.filter(({ metadata }) => metadata.buylink_charge)
}

async function statusOf(id: string) {
  const [row] = await sql`select status from saved_charges where id = ${id}`
  return row?.status
}

describe('charging a saved card while its owner is away', () => {
  test('succeeds, once however often and by however many it is asked for', async () => {
    const card = await savedCard()
    const one = wish(card)
    // Mutants: no key of the wish; the call is not looked up; a second request makes a second payment.
    const answers = await Promise.all(Array.from({ length: 6 }, () => chargeSavedMethod(one)))
    expect(new Set(answers.map(({ charge }) => charge.id)).size).toBe(1)
    expect(answers.map(({ charge }) => charge.status)).toEqual(answers.map(() => 'succeeded'))
    expect(answers[0]?.finish_url).toBeNull()
    const intents = await intentsOf(card.customer)
    expect(intents).toMatchObject([{ amount: 1200, amount_received: 1200, description: 'Box of November' }])
    await expect(chargeSavedMethod({ ...one, amount: 1300 })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('survives an answer that never came', async () => {
    const card = await savedCard()
    await sandbox.addFault({ operation: 'payment_intents.create', nth: 1, kind: 'reset', position: 'after' })
    const { charge } = await chargeSavedMethod(wish(card))
    expect(charge.status).toBe('succeeded')
    expect(await intentsOf(card.customer)).toHaveLength(1)
  })

  test('that is declined is said so, without an address: there is nothing to confirm', async () => {
    const card = await savedCard(failsWhenCharged).catch(() => null)
    const kept = card ?? (await attached(failsWhenCharged))
    const { charge, finish_url } = await chargeSavedMethod(wish(kept))
    expect(charge).toMatchObject({ status: 'requires_payment_method', failureCode: 'card_declined' })
    expect(finish_url).toBeNull()
  })

  test('refuses somebody else’s card, amounts below the smallest charge and unknown currencies', async () => {
    const [card, other] = [await savedCard(), await savedCard()]
    const refused = (more: Partial<ChargeInput>) =>
      expect(chargeSavedMethod(wish(card, more))).rejects.toMatchObject({ code: 'invalid_request' })
    await refused({ payment_method: other.payment_method })
    await refused({ amount: 49 })
    await refused({ amount: 12.5 })
    await refused({ currency: 'EUR' })
    expect(await intentsOf(card.customer)).toHaveLength(0)
  })
})

/** A card that no checkout could have kept. */
async function attached(number: string) {
  const { id } = await sandbox.stripe.customers.create({ email: 'later@example.com' })
  const method = await sandbox.stripe.paymentMethods.create({
    type: 'card',
    card: { number, exp_month: 12, exp_year: 2034, cvc: '123' },
  })
  await sandbox.stripe.paymentMethods.attach(method.id, { customer: id })
  return { customer: id, payment_method: method.id }
}

describe('a bank that wants the owner', () => {
  test('gets an address at which the payment is finished; only its hash is kept', async () => {
    const { charge, finish_url } = await chargeSavedMethod(wish(await savedCard(always3ds)))
    expect(charge).toMatchObject({
      status: 'requires_payment_method',
      failureCode: 'authentication_required',
      paymentMethod: { brand: 'visa', last4: '3184' },
    })
    const token = finish_url?.split('/finish/')[1] ?? ''
    expect(token).toMatch(/^[\w-]{32}$/)
    const [row] = await sql`select * from saved_charges where id = ${charge.id}`
    expect(JSON.stringify(row)).not.toContain(token)
    const page = await fetch(finish_url ?? '')
    expect(page.status).toBe(200)
    expect(page.headers.get('cache-control')).toContain('no-store')
    expect(page.headers.get('referrer-policy')).toBe('strict-origin')
    expect(await page.text()).toContain('Please confirm this payment')
  })

  // Mutants: any token opens it; the end is not looked at; an older address stays good.
  test('is not reached through another, an old or an ended address', async () => {
    const one = wish(await savedCard(always3ds))
    const first = await chargeSavedMethod(one)
    const again = await chargeSavedMethod(one)
    expect(again.charge.id).toBe(first.charge.id)
    expect((await fetch(first.finish_url ?? '')).status).toBe(404)
    expect((await fetch(`${baseUrl}/finish/${'a'.repeat(32)}`)).status).toBe(404)
    expect((await fetch(`${baseUrl}/finish/x'%20or%201=1`)).status).toBe(404)
    await sql`update saved_charges set token_expires_at = now() where id = ${first.charge.id}`
    const html = await (await fetch(again.finish_url ?? '')).text()
    expect(html).toContain('This address has ended')
    expect(html).not.toContain('_secret_')
  })

  test('is satisfied later, and the webhook or the buyer’s return tells it', async () => {
    const { charge, finish_url } = await chargeSavedMethod(wish(await savedCard(always3ds)))
    const intent = charge.paymentIntentId ?? ''
    const good = await sandbox.stripe.paymentMethods.create({
      type: 'card',
      card: { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' },
    })
    await sandbox.stripe.paymentIntents.confirm(intent, { payment_method: good.id })
    await eventually(async () => ((await statusOf(charge.id)) === 'succeeded' ? true : null))
    const back = await fetch(`${finish_url}/return`, { redirect: 'manual' })
    expect([back.status, back.headers.get('location')]).toEqual([303, finish_url])
    const html = await (await fetch(finish_url ?? '')).text()
    expect(html).toContain('Your payment arrived')
    expect(html).not.toContain('_secret_')
  })
})

/** Asks for a charge of a saved card by API, under an `Idempotency-Key` and with no name in the body. */
async function caller() {
  const app = await insideApp(stack)
  const { token } = await app.createKey({ name: 'Charges', access: 'full' })
  const { customer, payment_method } = await savedCard()
  const ask = (key: string) =>
    fetch(`${baseUrl}/v1/customers/${customer}/charges`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
      body: new URLSearchParams({ payment_method, amount: '1200', currency: 'eur' }),
    })
  return { customer, ask }
}

describe('the API', () => {
  test('charges a customer’s saved card and hands out the address to finish it at', async () => {
    const app = await insideApp(stack)
    const { token } = await app.createKey({ name: 'Charges', access: 'full' })
    const { customer, payment_method } = await savedCard(always3ds)
    const call = (body: Record<string, string>, key = token) =>
      fetch(`${baseUrl}/v1/customers/${customer}/charges`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: new URLSearchParams(body),
      })
    const body = { payment_method, amount: '1200', currency: 'eur', idempotency: 'november' }
    const answer = await (await call(body)).json()
    expect(answer).toMatchObject({
      object: 'saved_charge',
      amount: 1200,
      status: 'requires_payment_method',
      failure: { code: 'authentication_required' },
      finish_url: expect.stringContaining('/finish/'),
    })
    expect(JSON.stringify(answer)).not.toContain('_secret_')
    expect((await (await call(body)).json()).id).toBe(answer.id)
    const reader = await app.createKey({ name: 'Reads', access: 'read' })
    expect((await call(body, reader.token)).status).toBe(403)
  })

  // Mutant: without a name in the body each execution of a request is a wish of its own.
  test('charges once under an Idempotency-Key, though its process died after Stripe had charged', async () => {
    const { customer, ask } = await caller()
    const first = await ask('key-of-december')
    await sql`
      update api_requests set status = null, body = null, created_at = now() - interval '61 seconds'
      where idempotency_key = 'key-of-december'`
    const again = await ask('key-of-december')
    expect(again.headers.get('idempotent-replayed')).toBeNull()
    expect((await again.json()).id).toBe((await first.json()).id)
    expect(await intentsOf(customer)).toHaveLength(1)
    expect((await ask('another key')).status).toBe(200)
    expect(await intentsOf(customer)).toHaveLength(2)
  })

  // Mutant: the 503 is remembered under the key, and the charge cannot be asked for again for a day.
  test('gives the key back where Stripe did not answer', async () => {
    const { customer, ask } = await caller()
    await sandbox.addFault({ operation: 'payment_intents.create', nth: 1, times: 4, kind: '503' })
    await sandbox.addFault({ operation: 'payment_intents.create', nth: 5, kind: '503', position: 'after' })
    const refused = await ask('key-of-january')
    await sandbox.clearFaults()
    expect(refused.status).toBe(503)
    const answer = await eventually(async () => {
      const response = await ask('key-of-january')
      return response.status === 200 ? response : null
    })
    expect(await answer.json()).toMatchObject({ status: 'succeeded', amount: 1200 })
    expect(await intentsOf(customer)).toHaveLength(1)
  })
})
