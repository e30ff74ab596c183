import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { IntentPage } from './browser-intents'
import { type Bench, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
beforeEach(() => bench.post('/_sandbox/reset'))
afterAll(() => bench.close())

const key = 'pk_test_1'
type Named = { id: string; client_secret: string | null }

async function call(intent: Named, verb: string, body: object = {}) {
  const kind = intent.id.startsWith('seti_') ? 'setup_intents' : 'payment_intents'
  const credentials = { client_secret: intent.client_secret, key }
  const answer = await bench.post(`/_js/${kind}/${intent.id}/${verb}`, { ...credentials, ...body })
  return { ...answer, page: answer.body as unknown as IntentPage }
}

/** The buyer's answer to the bank, as its page sends it. */
async function answer(url: string | undefined, outcome: string) {
  const { pathname, searchParams } = new URL(url ?? 'http://nowhere')
  const id = searchParams.get('payment_intent') ?? searchParams.get('setup_intent')
  const body = { client_secret: searchParams.get('client_secret'), outcome }
  return bench.post(`${pathname.replace('/v3/', '/_js/')}/${id}`, body)
}

const card = async (number: string) =>
  (
    await bench.post('/_js/payment_methods', {
      key,
      type: 'card',
      card: { number, exp_month: 12, exp_year: 40, cvc: '123' },
    })
  ).body.id as string

/** A customer with a card that was attached, and set up for later where that is asked for. */
async function owner(number: string, setsUp = false) {
  const customer = await bench.stripe.customers.create({ email: 'back@example.com' })
  const method = await card(number)
  if (setsUp) {
    const setup = await bench.stripe.setupIntents.create({ customer: customer.id })
    const { page } = await call(setup, 'confirm', { payment_method: method })
    if (page.next_action) await answer(page.next_action.url, 'complete')
  } else await bench.stripe.paymentMethods.attach(method, { customer: customer.id })
  return { customer: customer.id, payment_method: method }
}

const charge = (who: { customer: string; payment_method: string }) =>
  bench.stripe.paymentIntents.create({
    ...who,
    amount: 1099,
    currency: 'eur',
    off_session: true,
    confirm: true,
  })

describe('charging without the buyer', () => {
  test.each([
    ['4242424242424242', false, null],
    ['4000002500003155', true, null],
    ['4000002500003155', false, 'authentication_required'],
    ['4000002760003184', true, 'authentication_required'],
    ['4000000000000341', true, 'card_declined'],
  ])('%s, set up %s: %s', async (number, setsUp, code) => {
    const who = await owner(number, setsUp)
    if (code === null) {
      expect(await charge(who)).toMatchObject({ status: 'succeeded', customer: who.customer })
      return
    }
    const error: unknown = await charge(who).catch((refusal: unknown) => refusal)
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError)
    // Mutant: the error without the intent, from which its buyer could finish the payment.
    expect(error).toMatchObject({
      code,
      payment_intent: { status: 'requires_payment_method', last_payment_error: { code } },
      payment_method: { id: who.payment_method },
    })
    const { data } = await bench.stripe.events.list({ type: 'payment_intent.payment_failed' })
    expect(data).toHaveLength(1)
  })

  test('wants to be confirmed at once, and only with what is the customer’s', async () => {
    const who = await owner('4242424242424242')
    const late = bench.stripe.paymentIntents.create({ amount: 100, currency: 'eur', off_session: true })
    await expect(late).rejects.toMatchObject({ param: 'off_session' })
    const other = await bench.stripe.customers.create({})
    // Mutant: somebody else's card is charged.
    await expect(charge({ ...who, customer: other.id })).rejects.toMatchObject({ param: 'payment_method' })
  })
})

describe('a buyer finishes it in the browser', () => {
  test('with the same card and 3-D Secure', async () => {
    const who = await owner('4000002760003184')
    const failure = (await charge(who).catch((error: unknown) => error)) as Stripe.errors.StripeCardError
    const intent = failure.payment_intent as Stripe.PaymentIntent
    const { page } = await call(intent, 'confirm', { payment_method: who.payment_method })
    expect(page).toMatchObject({
      intent: { status: 'requires_action' },
      next_action: { type: 'authenticate' },
    })
    const failed = await answer(page.next_action?.url, 'fail')
    expect(failed.body).toMatchObject({ intent: { status: 'requires_payment_method' }, next_action: null })
    const again = await call(intent, 'confirm', { payment_method: who.payment_method })
    const { body } = await answer(again.page.next_action?.url, 'complete')
    expect(body).toMatchObject({ intent: { status: 'succeeded' } })
    expect((await bench.stripe.charges.list({ payment_intent: intent.id })).data[0]?.paid).toBe(true)
  })

  test('by a bank’s page, which comes back with what became of it', async () => {
    const intent = await bench.stripe.paymentIntents.create({ amount: 1099, currency: 'eur' })
    const { body: ideal } = await bench.post('/_js/payment_methods', { key, type: 'ideal' })
    const { page } = await call(intent, 'confirm', {
      payment_method: ideal.id,
      return_url: 'https://shop.example/finish?order=7',
    })
    expect(page.next_action?.type).toBe('redirect')
    const { body } = await answer(page.next_action?.url, 'authorise')
    const back = new URL(String(body.return_url))
    expect(Object.fromEntries(back.searchParams)).toEqual({
      order: '7',
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: 'succeeded',
    })
  })

  test('a decline is an error with the intent as a browser may see it', async () => {
    const intent = await bench.stripe.paymentIntents.create({
      amount: 1099,
      currency: 'eur',
      metadata: { cost: 'secret' },
    })
    const declined = await call(intent, 'confirm', { payment_method: await card('4000000000009995') })
    expect(declined).toMatchObject({
      status: 402,
      body: { error: { decline_code: 'insufficient_funds', payment_intent: { id: intent.id } } },
    })
    // Mutant: metadata, which is the merchant's own, reaches the browser.
    expect(JSON.stringify(declined.body)).not.toContain('secret":"secret')
    expect(JSON.stringify((await call(intent, 'retrieve')).body)).not.toContain('cost')
    const stranger = { id: intent.id, client_secret: `${intent.id}_secret_guess` }
    expect((await call(stranger, 'retrieve')).status).toBe(404)
    expect((await call(stranger, 'confirm', { payment_method: 'pm_card_visa' })).status).toBe(404)
  })

  test('a session’s intent is not confirmed past its session', async () => {
    const session = await bench.session()
    await bench.pay(session.id, { number: '4000000000000002' })
    const { payment_intent: id } = await bench.stripe.checkout.sessions.retrieve(session.id)
    const own = { id: id as string, client_secret: session.client_secret }
    const past = await call(own, 'confirm', { payment_method: await card('4242424242424242') })
    expect(past).toMatchObject({ status: 400, body: { error: { code: 'payment_intent_unexpected_state' } } })
  })

  test('with a customer session cards are shown, and the box keeps one more', async () => {
    const who = await owner('4242424242424242')
    await bench.stripe.paymentMethods.update(who.payment_method, { allow_redisplay: 'always' })
    const { client_secret } = await bench.stripe.customerSessions.create({
      customer: who.customer,
      components: {
        payment_element: {
          enabled: true,
          features: {
            payment_method_redisplay: 'enabled',
            payment_method_save: 'enabled',
            payment_method_save_usage: 'off_session',
          },
        },
      },
    })
    const more = { customer_session_client_secret: client_secret }
    const make = (customer: string) =>
      bench.stripe.paymentIntents.create({ amount: 1099, currency: 'eur', customer })
    const intent = await make(who.customer)
    const { page } = await call(intent, 'retrieve', more)
    expect(page.customer?.saved_payment_methods.map(({ id }) => id)).toEqual([who.payment_method])
    const method = await card('5555555555554444')
    await call(intent, 'confirm', { ...more, payment_method: method, save_payment_method: true })
    expect(await bench.stripe.paymentMethods.retrieve(method)).toMatchObject({
      customer: who.customer,
      allow_redisplay: 'always',
    })
    // Mutant: one customer's session shows its cards beside another's payment.
    const other = await make((await bench.stripe.customers.create({})).id)
    expect((await call(other, 'retrieve', more)).status).toBe(400)
  })
})

describe('setting a method up', () => {
  test('keeps the card with its customer and tells it', async () => {
    const { customer, payment_method } = await owner('4242424242424242', true)
    const { data } = await bench.stripe.setupIntents.list({ customer })
    expect(data[0]).toMatchObject({ status: 'succeeded', payment_method, usage: 'off_session' })
    expect((await bench.stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1)
    const events = await bench.stripe.events.list({ types: ['setup_intent.*'] })
    expect(events.data.map(({ type }) => type)).toEqual(['setup_intent.succeeded', 'setup_intent.created'])
  })

  test('is declined, refused by the bank, canceled', async () => {
    const { id: customer } = await bench.stripe.customers.create({})
    const declined = bench.stripe.setupIntents.create({
      customer,
      confirm: true,
      payment_method: 'pm_card_chargeDeclined',
    })
    await expect(declined).rejects.toMatchObject({
      code: 'card_declined',
      setup_intent: { last_setup_error: { code: 'card_declined' } },
    })
    const setup = await bench.stripe.setupIntents.create({ customer })
    const { page } = await call(setup, 'confirm', { payment_method: await card('4000002500003155') })
    await answer(page.next_action?.url, 'fail')
    expect(await bench.stripe.setupIntents.retrieve(setup.id)).toMatchObject({
      status: 'requires_payment_method',
      last_setup_error: { code: 'setup_intent_authentication_failure' },
    })
    expect((await bench.stripe.customers.listPaymentMethods(customer)).data).toEqual([])
    await bench.stripe.setupIntents.cancel(setup.id, { cancellation_reason: 'abandoned' })
    expect((await call(setup, 'confirm', { payment_method: 'pm_card_visa' })).body.error).toMatchObject({
      code: 'setup_intent_unexpected_state',
    })
  })

  test('iDEAL leaves a SEPA debit that is charged later', async () => {
    const { id: customer } = await bench.stripe.customers.create({})
    const setup = await bench.stripe.setupIntents.create({ customer })
    const { body: ideal } = await bench.post('/_js/payment_methods', { key, type: 'ideal' })
    const { page } = await call(setup, 'confirm', {
      payment_method: ideal.id,
      return_url: 'https://shop.example/kept',
    })
    const { body } = await answer(page.next_action?.url, 'authorise')
    expect(String(body.return_url)).toContain('redirect_status=succeeded')
    const { data } = await bench.stripe.customers.listPaymentMethods(customer)
    expect(data).toMatchObject([{ type: 'sepa_debit' }])
    const later = await charge({ customer, payment_method: data[0]?.id ?? '' })
    expect(later.status).toBe('processing')
  })
})
