import Stripe from 'stripe'
import { beforeAll, describe, expect, test } from 'vitest'
import type { LinkConfig } from '@/db/types'
import { inviteCustomer } from '@/lib/checkout/invite-customer'
import { paymentIntentData } from '@/lib/links/paying-schema'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { joinStack } from '../support/domain'
import { insideApp } from '../support/inside-app'
import { linkLike } from '../support/link-like'

const stack = sharedStack()
const { sandbox, sql } = stack
joinStack(stack)

const saves: Partial<LinkConfig> = { saved_payment_method_options: { payment_method_save: 'enabled' } }
let link: { id: string; slug: string }

beforeAll(async () => {
  link = await linkLike(stack, 'quiet-machine', saves)
})

const invite = async (customer: string, payment_link = link.id) => {
  const { url } = await inviteCustomer({ customer, payment_link })
  return new URL(url).search
}

/** Somebody who has bought with the box ticked. */
async function customerWithCard() {
  const { id } = await new Buyer(stack).open(link.slug)
  await sandbox.pay(id, { payment_method: 'card', email: 'back@example.com', save_payment_method: true })
  await new Buyer(stack).comeBack(link.slug, id)
  const { customer } = await sandbox.stripe.checkout.sessions.retrieve(id)
  return { customer: customer as string, session: id }
}

async function sessionOf(id: string) {
  return (await sandbox.stripe.checkout.sessions.retrieve(id)) as Stripe.Checkout.Session
}

async function droppedAt(id: string) {
  const [visit] = await sql`
    select v.dropped from visits v join checkout_sessions s on s.id = v.checkout_session_id
    where s.stripe_session_id = ${id} order by v.created_at desc limit 1`
  return visit?.dropped
}

describe('a buyer who has a way to pay kept', () => {
  test('leaves their consent with the order: which method, for whom, under which version', async () => {
    const { customer, session } = await customerWithCard()
    const [fact] = await sql`
      select f.kind, f.detail from order_facts f join orders o on o.id = f.order_id
      where o.stripe_session_id = ${session} and f.kind like 'method_saved:%'`
    expect(fact?.detail).toMatchObject({
      customer,
      payment_method: fact?.kind.slice('method_saved:'.length),
      agreed: ['box'],
      link_version: 1,
    })
  })

  // Mutant: whoever pays is said to have agreed.
  test('agrees to nothing by paying alone', async () => {
    const { id } = await new Buyer(stack).open(link.slug)
    await sandbox.pay(id, { payment_method: 'card', email: 'once@example.com' })
    await new Buyer(stack).comeBack(link.slug, id)
    const facts = await sql`
      select f.kind from order_facts f join orders o on o.id = f.order_id
      where o.stripe_session_id = ${id} and f.kind like 'method_saved:%'`
    expect(facts).toEqual([])
  })
})

/** Somebody who bought from a link that keeps the card for charges to come, without a box. */
async function customerCharged() {
  const own = await linkLike(stack, 'quiet-machine', {
    payment_intent_data: paymentIntentData.parse({ setup_future_usage: 'off_session' }),
  })
  const { id } = await new Buyer(stack).open(own.slug)
  await sandbox.pay(id, { payment_method: 'card', email: 'later@example.com' })
  const { customer } = await sandbox.stripe.checkout.sessions.retrieve(id)
  return { customer: customer as string, link: own }
}

describe('a card kept by having paid', () => {
  // Mutant: only cards kept with the box are asked for.
  test('is shown to its owner', async () => {
    const { customer, link: own } = await customerCharged()
    const { id, clientSecret } = await new Buyer(stack).open(own.slug, await invite(customer, own.id))
    const answer = await fetch(`${sandbox.url}/_js/checkout_sessions/${id}/retrieve`, {
      method: 'POST',
      body: JSON.stringify({ client_secret: clientSecret, key: stack.publishableKey }),
    })
    const { saved_payment_methods: shown } = (await answer.json()) as { saved_payment_methods: object[] }
    expect(shown).toMatchObject([{ type: 'card', allow_redisplay: 'limited', card: { last4: '4242' } }])
  })

  test('is listed by the API as Stripe lists it', async () => {
    const app = await insideApp(stack)
    const { token } = await app.createKey({ name: 'Reads', access: 'read' })
    const { token: webhooks } = await app.createKey({ name: 'Webhooks', access: 'webhooks' })
    const { customer } = await customerCharged()
    const { hostname, port } = new URL(stack.baseUrl)
    const client = (key: string) =>
      new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 })
    const own = client(token)
    const page = await own.customers.listPaymentMethods(customer, { type: 'card', limit: 5 })
    const { data } = await sandbox.stripe.customers.listPaymentMethods(customer)
    expect(page).toMatchObject({ object: 'list', has_more: false, data })
    expect(page.url).toBe(`/v1/customers/${customer}/payment_methods`)
    const refused = async (call: Promise<unknown>, error: object) => expect(call).rejects.toMatchObject(error)
    await refused(own.customers.listPaymentMethods('cus_nobody'), { statusCode: 404 })
    await refused(own.customers.listPaymentMethods(customer, { limit: 101 }), { param: 'limit' })
    await refused(client(webhooks).customers.listPaymentMethods(customer), { statusCode: 403 })
  })
})

describe('a returning buyer', () => {
  test('is known by a signed address, keeps being on a reload, and stays the same customer', async () => {
    const { customer } = await customerWithCard()
    const buyer = new Buyer(stack)
    const search = await invite(customer)
    const { id } = await buyer.open(link.slug, search)
    expect((await buyer.open(link.slug, search)).id).toBe(id)
    const session = await sessionOf(id)
    expect(session.customer).toBe(customer)
    expect(session.customer_creation).toBeNull()
    expect(await (await buyer.post(link.slug, search)).json()).toMatchObject({
      state: 'open',
      returning: true,
    })
    await sandbox.pay(id, { payment_method: 'card' })
    await buyer.comeBack(link.slug, id)
    const [order] = await sql`select customer_id, status from orders where stripe_session_id = ${id}`
    expect(order).toEqual({ customer_id: customer, status: 'paid' })
  })

  // Mutant: whoever opens the bare link on the same browser is taken for the customer before them.
  test('is not followed by the next person on a shared browser, but finds back after a refusal', async () => {
    const { customer } = await customerWithCard()
    const buyer = new Buyer(stack)
    const { id } = await buyer.open(link.slug, `${await invite(customer)}&utm_source=letter`)
    const next = await (await buyer.post(link.slug)).json()
    expect(next).toMatchObject({ state: 'open', returning: false })
    expect(next.client_secret).not.toContain(id)
    const back = new URL((await buyer.comeBack(link.slug, id)).headers.get('location') ?? '')
    expect(back.search).toBe(`?utm_source=letter&resume=${id}`)
    expect((await buyer.open(link.slug, back.search)).id).toBe(id)
    // Mutants: the name of a session opens it without the cookie; anybody is told what it was opened with.
    const stranger = new Buyer(stack)
    expect((await stranger.comeBack(link.slug, id)).headers.get('location')).toBe(
      `${stack.baseUrl}/${link.slug}`,
    )
    const theirs = await stranger.open(link.slug, back.search)
    expect(theirs.id).not.toBe(id)
    expect((await sessionOf(theirs.id)).customer).toBeNull()
  })

  // Mutants: the signature is not looked at; it is good on any link; a browser's guest session is taken over.
  test('is chosen by nothing else in an address', async () => {
    const { customer } = await customerWithCard()
    const other = await linkLike(stack, 'quiet-machine', saves)
    const signed = await invite(customer, other.id)
    const forged = [
      [`?customer=${customer}`, 'not signed'],
      [`?customer=${customer}&customer_email=x@example.com&customer_creation=always`, 'not signed'],
      [signed, 'not the signature of this customer on this link'],
      [`${signed}&customer=cus_other`, 'not one customer’s id'],
    ]
    for (const [search = '', reason] of forged) {
      const { id } = await new Buyer(stack).open(link.slug, search)
      expect((await sessionOf(id)).customer).toBeNull()
      expect(await droppedAt(id)).toMatchObject([{ reason }])
    }
    const buyer = new Buyer(stack)
    const guest = await buyer.open(link.slug)
    const known = await buyer.open(link.slug, await invite(customer))
    expect(known.id).not.toBe(guest.id)
    expect((await sessionOf(guest.id)).customer).toBeNull()
  })

  // Mutant: the address in the link's query is said to be locked in, and the page asks for none.
  test('has the e-mail Stripe has, whatever the address locks, and is asked for one where there is none', async () => {
    const locked = '&locked_prefilled_email=other%40example.com&prefilled_email=third%40example.com'
    const { customer } = await customerWithCard()
    const { id: nameless } = await sandbox.stripe.customers.create({ name: 'No address' })
    const opened = async (who: string) => {
      const buyer = new Buyer(stack)
      const search = `${await invite(who)}${locked}`
      const first = await (await buyer.post(link.slug, search)).json()
      // Told again on a reload, without asking Stripe.
      expect(await (await buyer.post(link.slug, search)).json()).toEqual(first)
      return first
    }
    expect(await opened(customer)).toMatchObject({
      returning: true,
      email_known: true,
      email_locked: false,
      prefilled_email: null,
    })
    expect(await opened(nameless)).toMatchObject({
      returning: true,
      email_known: false,
      email_locked: false,
      prefilled_email: 'third@example.com',
    })
    const guest = await (await new Buyer(stack).post(link.slug, `?${locked}`)).json()
    expect(guest).toMatchObject({ returning: false, email_known: false, email_locked: true })
    const gone = `${await invite(nameless)}${locked}`
    await sandbox.stripe.customers.del(nameless)
    expect(await (await new Buyer(stack).post(link.slug, gone)).json()).toMatchObject({ email_locked: true })
  })

  test('who was deleted at Stripe since is served like anybody', async () => {
    const { customer } = await customerWithCard()
    const search = await invite(customer)
    await sandbox.stripe.customers.del(customer)
    const { id } = await new Buyer(stack).open(link.slug, search)
    expect((await sessionOf(id)).customer).toBeNull()
    await expect(inviteCustomer({ customer, payment_link: link.id })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('gives no address a longer life than ninety days', async () => {
    const { customer } = await customerWithCard()
    const make = (expires_in: number) => inviteCustomer({ customer, payment_link: link.id, expires_in })
    expect((await make(90 * 86_400)).expires_at).toBeGreaterThan(Date.now() / 1000)
    for (const seconds of [0, -1, 90 * 86_400 + 1, Number.NaN]) {
      await expect(make(seconds)).rejects.toMatchObject({ param: 'expires_in' })
    }
  })
})
