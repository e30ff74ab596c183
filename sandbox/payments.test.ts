import type Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bench, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
beforeEach(() => bench.post('/_sandbox/reset'))
afterAll(() => bench.close())

const retrieve = (id: string) =>
  bench.stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] })
const intentOf = (session: Stripe.Checkout.Session) => session.payment_intent as Stripe.PaymentIntent
const eventTypes = async () => {
  const events: string[] = []
  for await (const event of bench.stripe.events.list({ limit: 100 })) events.push(event.type)
  return events.reverse()
}

describe('cards', () => {
  test.each([
    ['4000000000009995', 'card_declined', 'insufficient_funds'],
    ['4000000000000002', 'card_declined', 'generic_decline'],
    ['4000000000009987', 'card_declined', 'lost_card'],
    ['4000000000009979', 'card_declined', 'stolen_card'],
    ['4000000000000069', 'expired_card', 'expired_card'],
    ['4000000000000127', 'incorrect_cvc', 'incorrect_cvc'],
    ['4000000000000119', 'processing_error', 'processing_error'],
    ['4000000000000341', 'card_declined', 'generic_decline'],
    ['4111111111111111', 'card_declined', 'test_mode_live_card'],
  ])('%s is declined with %s, %s', async (number, code, decline_code) => {
    const session = await bench.session()
    const { status, body } = await bench.pay(session.id, { number })
    expect(status).toBe(402)
    expect(body.error).toMatchObject({ type: 'card_error', code, decline_code })
    const after = await retrieve(session.id)
    expect(after).toMatchObject({ status: 'open', payment_status: 'unpaid' })
    expect(intentOf(after)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code, decline_code },
      latest_charge: { status: 'failed', failure_code: code },
    })
    expect(await eventTypes()).toEqual(
      expect.arrayContaining(['charge.failed', 'payment_intent.payment_failed']),
    )
    expect((await bench.pay(session.id)).body).toMatchObject({ session: { status: 'complete' } })
  })

  test('4242 pays, with the events Stripe sends', async () => {
    const session = await bench.session({ payment_intent_data: { metadata: { order: '7' } } })
    const { body } = await bench.pay(session.id, { email: 'ann@example.com' })
    expect(body).toMatchObject({ next_action: null, session: { status: 'complete', payment_status: 'paid' } })
    const paid = await retrieve(session.id)
    expect(paid.customer_details?.email).toBe('ann@example.com')
    expect(intentOf(paid)).toMatchObject({
      status: 'succeeded',
      amount_received: 1200,
      metadata: { order: '7' },
      latest_charge: {
        paid: true,
        captured: true,
        billing_details: { email: 'ann@example.com', name: 'Jenny Rosen' },
        payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242' } },
      },
    })
    const types = await eventTypes()
    expect(types.filter((type) => !/^(product|price)\./.test(type))).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ])
  })

  test.each(['4000002760003184', '4000002500003155', '4000000000003220'])(
    '%s asks for authentication',
    async (number) => {
      const session = await bench.session()
      const asked = await bench.pay(session.id, { number, action: 'leave' })
      expect(asked.body).toMatchObject({ next_action: { type: 'authenticate' }, session: { status: 'open' } })
      expect(intentOf(await retrieve(session.id)).status).toBe('requires_action')
      const refused = await bench.pay(session.id, { number, action: 'fail' })
      expect(refused.status).toBe(402)
      const failed = await retrieve(session.id)
      expect(failed.status).toBe('open')
      expect(intentOf(failed).last_payment_error?.code).toBe('payment_intent_authentication_failure')
      const passed = await bench.pay(session.id, { number, action: 'complete' })
      expect(passed.body).toMatchObject({ session: { status: 'complete', payment_status: 'paid' } })
    },
  )

  test('0259 is paid and then disputed', async () => {
    const session = await bench.session()
    await bench.pay(session.id, { number: '4000000000000259' })
    await bench.post('/_sandbox/clock', { advance: 1 })
    const { data } = await bench.stripe.disputes.list()
    expect(data).toHaveLength(1)
    expect(data[0]).toMatchObject({ amount: 1200, reason: 'fraudulent', status: 'needs_response' })
    expect(intentOf(await retrieve(session.id)).latest_charge).toMatchObject({ disputed: true })
    expect(await eventTypes()).toContain('charge.dispute.created')
  })

  test('a session is paid once, however many pay at once', async () => {
    const session = await bench.session()
    const answers = await Promise.all(Array.from({ length: 20 }, () => bench.pay(session.id)))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect((await bench.stripe.charges.list()).data).toHaveLength(1)
    expect((await eventTypes()).filter((type) => type === 'checkout.session.completed')).toHaveLength(1)
  })

  test('paying and expiring at once ends in one of the two', async () => {
    for (let round = 0; round < 10; round += 1) {
      const session = await bench.session()
      const [paid, expired] = await Promise.allSettled([
        bench.pay(session.id).then((answer) => answer.status),
        bench.stripe.checkout.sessions.expire(session.id),
      ])
      const { status } = await retrieve(session.id)
      expect(status).toBe(expired.status === 'fulfilled' ? 'expired' : 'complete')
      expect(paid).toMatchObject({ value: status === 'complete' ? 200 : 400 })
    }
  })

  test('manual capture authorises, then takes the money', async () => {
    const session = await bench.session({ payment_intent_data: { capture_method: 'manual' } })
    await bench.pay(session.id)
    const held = await retrieve(session.id)
    expect(held).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    expect(intentOf(held)).toMatchObject({ status: 'requires_capture', amount_capturable: 1200 })
    await bench.stripe.paymentIntents.capture(intentOf(held).id, { amount_to_capture: 1000 })
    const taken = await retrieve(session.id)
    expect(taken.payment_status).toBe('paid')
    expect(intentOf(taken).latest_charge).toMatchObject({ captured: true, amount_captured: 1000 })
  })

  test("a session's payment cannot be confirmed or cancelled on its own", async () => {
    const session = await bench.session()
    await bench.pay(session.id, { number: '4000000000000002' })
    const { id } = intentOf(await retrieve(session.id))
    await expect(bench.stripe.paymentIntents.cancel(id)).rejects.toThrow('created by a Checkout Session')
    await expect(bench.stripe.paymentIntents.confirm(id)).rejects.toThrow('created by a Checkout Session')
  })
})

describe('iDEAL', () => {
  test('goes to the bank and is paid at once', async () => {
    const session = await bench.session()
    const away = await bench.pay(session.id, { payment_method: 'ideal', action: 'leave' })
    expect(away.body).toMatchObject({ next_action: { type: 'redirect' }, session: { status: 'open' } })
    const refused = await bench.pay(session.id, { payment_method: 'ideal', action: 'fail' })
    expect(refused.status).toBe(402)
    const paid = await bench.pay(session.id, { payment_method: 'ideal' })
    expect(paid.body).toMatchObject({ session: { status: 'complete', payment_status: 'paid' } })
    expect(intentOf(await retrieve(session.id)).latest_charge).toMatchObject({
      payment_method_details: { type: 'ideal' },
    })
  })
})

test.each([
  ['bancontact', 'BE'],
  ['ideal', 'NL'],
])('%s with saving leaves a SEPA debit that is charged later', async (payment_method, country) => {
  const session = await bench.session({ payment_intent_data: { setup_future_usage: 'off_session' } })
  await bench.pay(session.id, { payment_method })
  const paid = await retrieve(session.id)
  const { data } = await bench.stripe.paymentMethods.list({ customer: paid.customer as string })
  // Mutant: the bank's own method, which nobody can charge again, is kept.
  expect(data).toMatchObject([{ type: 'sepa_debit', sepa_debit: { country }, allow_redisplay: 'limited' }])
  const charge = intentOf(paid).latest_charge as Stripe.Charge
  expect(charge.payment_method_details?.[payment_method as 'ideal']?.generated_sepa_debit).toBe(data[0]?.id)
  const later = await bench.stripe.paymentIntents.create({
    amount: 700,
    currency: 'eur',
    customer: paid.customer as string,
    payment_method: data[0]?.id as string,
    off_session: true,
    confirm: true,
  })
  expect(later.status).toBe('processing')
})

describe('SEPA debit', () => {
  const pay = async (email: string) => {
    const session = await bench.session()
    const { body } = await bench.pay(session.id, { payment_method: 'sepa_debit', email })
    expect(body).toMatchObject({ session: { status: 'complete', payment_status: 'unpaid' } })
    expect(intentOf(await retrieve(session.id)).status).toBe('processing')
    return session.id
  }

  test.each([
    ['generatedSepaDebitIntentsSucceed@example.com', 2, 'succeeded', 'paid'],
    ['ann_generatedSepaDebitIntentsSucceed@example.com', 2, 'succeeded', 'paid'],
    ['anyone@example.com', 2, 'succeeded', 'paid'],
    ['generatedSepaDebitIntentsSucceedDelayed@example.com', 181, 'succeeded', 'paid'],
    ['generatedSepaDebitIntentsFail@example.com', 2, 'requires_payment_method', 'unpaid'],
    ['generatedSepaDebitIntentsFailDelayed@example.com', 181, 'requires_payment_method', 'unpaid'],
  ])('%s ends after %i seconds: %s', async (email, seconds, status, payment_status) => {
    const id = await pay(email)
    if (seconds > 60) {
      await bench.post('/_sandbox/clock', { advance: 100 })
      expect((await retrieve(id)).payment_status).toBe('unpaid')
    }
    await bench.post('/_sandbox/clock', { advance: seconds })
    const session = await retrieve(id)
    expect(session).toMatchObject({ status: 'complete', payment_status })
    expect(intentOf(session).status).toBe(status)
    const told = `checkout.session.async_payment_${payment_status === 'paid' ? 'succeeded' : 'failed'}`
    const { data } = await bench.stripe.events.list({ types: ['checkout.session.*'] })
    expect(data.map((event) => event.type)).toEqual([told, 'checkout.session.completed'])
    const completed = data[1]?.data.object as Stripe.Checkout.Session
    expect(completed.payment_status).toBe('unpaid')
  })

  test('a disputed one is paid, then lost', async () => {
    const id = await pay('generatedSepaDebitIntentsSucceedDisputed@example.com')
    await bench.post('/_sandbox/clock', { advance: 2 })
    expect((await retrieve(id)).payment_status).toBe('paid')
    expect(await eventTypes()).toEqual(
      expect.arrayContaining(['charge.dispute.created', 'charge.dispute.closed']),
    )
  })

  test('the time it takes is a knob', async () => {
    await bench.post('/_sandbox/debits', { succeed_after: 3600 })
    const id = await pay('anyone@example.com')
    await bench.post('/_sandbox/clock', { advance: 3000 })
    expect((await retrieve(id)).payment_status).toBe('unpaid')
    await bench.post('/_sandbox/clock', { advance: 601 })
    expect((await retrieve(id)).payment_status).toBe('paid')
  })

  test('is for euros only, and wants a real IBAN', async () => {
    const dollars = await bench.session({
      line_items: [
        { quantity: 1, price_data: { currency: 'usd', unit_amount: 900, product_data: { name: 'A' } } },
      ],
    })
    expect((await bench.pay(dollars.id, { payment_method: 'sepa_debit' })).status).toBe(400)
    const session = await bench.session()
    const wrong = await bench.pay(session.id, {
      payment_method: 'sepa_debit',
      iban: 'DE00370400440532013000',
    })
    expect(wrong.body.error).toMatchObject({ code: 'invalid_bank_account_iban' })
  })
})

describe('refunds', () => {
  test('partly, then the rest, never more', async () => {
    const session = await bench.session()
    await bench.pay(session.id)
    const { id } = intentOf(await retrieve(session.id))
    const create = (amount?: number) =>
      bench.stripe.refunds.create({
        payment_intent: id,
        ...(amount ? { amount } : {}),
        metadata: { why: 'torn' },
      })
    const part = await create(200)
    expect(part).toMatchObject({ amount: 200, status: 'succeeded', metadata: { why: 'torn' } })
    await expect(create(1001)).rejects.toMatchObject({ param: 'amount' })
    expect((await create()).amount).toBe(1000)
    await expect(create()).rejects.toMatchObject({ code: 'charge_already_refunded' })
    const charge = await bench.stripe.charges.retrieve(part.charge as string, { expand: ['refunds'] })
    expect(charge).toMatchObject({ refunded: true, amount_refunded: 1200 })
    expect(charge.refunds?.data).toHaveLength(2)
    expect((await bench.stripe.refunds.list({ payment_intent: id })).data).toHaveLength(2)
    const { data } = await bench.stripe.events.list({ type: 'charge.refunded' })
    expect(data[0]?.data.previous_attributes).toMatchObject({ amount_refunded: 200 })
  })
})

describe('saved methods', () => {
  test('the box saves the card with a customer, and it is charged later', async () => {
    const session = await bench.session({
      customer_creation: 'always',
      saved_payment_method_options: { payment_method_save: 'enabled' },
    })
    await bench.pay(session.id, { save_payment_method: true, email: 'back@example.com' })
    const { customer } = await retrieve(session.id)
    const { data } = await bench.stripe.paymentMethods.list({ customer: customer as string })
    expect(data).toHaveLength(1)
    expect(data[0]).toMatchObject({ allow_redisplay: 'always', type: 'card' })
    const later = await bench.stripe.paymentIntents.create({
      amount: 700,
      currency: 'eur',
      customer: customer as string,
      payment_method: data[0]?.id as string,
      off_session: true,
      confirm: true,
    })
    expect(later.status).toBe('succeeded')
  })

  test.each([
    ['4000002500003155', true],
    ['4000002760003184', false],
  ])('%s set up for later: charged off-session %s', async (number, succeeds) => {
    const session = await bench.session({ payment_intent_data: { setup_future_usage: 'off_session' } })
    await bench.pay(session.id, { number })
    const { customer } = await retrieve(session.id)
    const { data } = await bench.stripe.paymentMethods.list({ customer: customer as string })
    expect(data[0]?.allow_redisplay).toBe('limited')
    const charge = bench.stripe.paymentIntents.create({
      amount: 700,
      currency: 'eur',
      customer: customer as string,
      payment_method: data[0]?.id as string,
      off_session: true,
      confirm: true,
    })
    if (succeeds) await expect(charge).resolves.toMatchObject({ status: 'succeeded' })
    else await expect(charge).rejects.toMatchObject({ code: 'authentication_required', statusCode: 402 })
  })

  test('a guest leaves nothing behind', async () => {
    const session = await bench.session()
    await bench.pay(session.id, { save_payment_method: true })
    expect((await retrieve(session.id)).customer).toBeNull()
    expect((await bench.stripe.customers.list()).data).toHaveLength(0)
  })
})
