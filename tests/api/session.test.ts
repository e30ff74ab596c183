import { describe, expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { Buyer, eventually } from '../support/buyer'
import { editLink, makeLink } from '../support/made-link'

const stack = sharedStack()
const { sql, sandbox } = stack

async function stripeSession(id: string) {
  return sandbox.stripe.checkout.sessions.retrieve(id, { expand: ['line_items'] })
}

describe('opening a session', () => {
  test('needs our own page as its origin', async () => {
    const buyer = new Buyer(stack)
    const origins = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${stack.baseUrl}.evil.example` },
    ]
    for (const headers of origins) expect((await buyer.post('quiet-machine', '', headers)).status).toBe(403)
    const without = await fetch(`${stack.baseUrl}/quiet-machine/session`, { method: 'POST', body: '{}' })
    expect(without.status).toBe(403)
    expect(await without.json()).toMatchObject({
      error: { type: 'invalid_request_error', code: 'forbidden' },
    })
  })

  test('keeps amounts, items and targets whatever the address says', async () => {
    const hostile =
      '?amount=1&unit_amount=1&price=price_x&quantity=0&currency=jpy&line_items[0][price]=x&success_url=https://evil.example&coupon=free'
    const { id } = await new Buyer(stack).open('quiet-machine', hostile)
    const session = await stripeSession(id)
    expect(session).toMatchObject({ amount_total: 2800, currency: 'eur' })
    expect(session.return_url).toBe(`${stack.baseUrl}/quiet-machine/return?session_id={CHECKOUT_SESSION_ID}`)
  })

  test('writes codes and reference to the session and to the payment', async () => {
    const search = '?utm_source=newsletter&utm_campaign=spring&client_reference_id=cart_42'
    const { id } = await new Buyer(stack).open('quiet-machine', search)
    const session = await stripeSession(id)
    const codes = { utm_source: 'newsletter', utm_campaign: 'spring', client_reference_id: 'cart_42' }
    expect(session.client_reference_id).toBe('cart_42')
    expect(session.metadata).toMatchObject(codes)
    const paid = await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
    expect(paid).toBeDefined()
    const intents = await sandbox.stripe.paymentIntents.list({ limit: 100 })
    expect(
      intents.data.find((intent) => intent.metadata.buylink_session === session.metadata?.buylink_session)
        ?.metadata,
    ).toMatchObject(codes)
  })

  test('a dropped value is kept for the merchant, and the sale goes on', async () => {
    const { id } = await new Buyer(stack).open(
      'quiet-machine',
      '?client_reference_id=User/42&utm_source=good',
    )
    const [visit] = await sql`
      select v.dropped, v.tracking from visits v join checkout_sessions s on s.id = v.checkout_session_id
      where s.stripe_session_id = ${id}`
    expect(visit).toEqual({
      dropped: [{ parameter: 'client_reference_id', reason: '`/` at position 5' }],
      tracking: { utm_source: 'good' },
    })
    expect((await stripeSession(id)).client_reference_id).toBeNull()
  })

  // Mutant: keep the reason as it is: a NUL is none that Postgres takes, and the buyer sees an error.
  test('a dropped value may hold what no database keeps', async () => {
    const { id } = await new Buyer(stack).open('quiet-machine', '?utm_source=%00&utm_medium=good')
    const [visit] = await sql`
      select v.dropped, v.tracking from visits v join checkout_sessions s on s.id = v.checkout_session_id
      where s.stripe_session_id = ${id}`
    expect(visit).toEqual({
      dropped: [{ parameter: 'utm_source', reason: '`\uFFFD` at position 1' }],
      tracking: { utm_medium: 'good' },
    })
  })

  test('a locked e-mail stands on the session, a prefilled one does not', async () => {
    const locked = await new Buyer(stack).open(
      'quiet-machine',
      '?locked_prefilled_email=jenny%40example.com&prefilled_email=a%40b.example',
    )
    expect((await stripeSession(locked.id)).customer_email).toBe('jenny@example.com')
    const response = await new Buyer(stack).post('quiet-machine', '?prefilled_email=jenny%40example.com')
    expect(await response.json()).toMatchObject({ prefilled_email: 'jenny@example.com', email_locked: false })
  })
})

describe('coming back', () => {
  test('a reload resumes the session, with its codes or without', async () => {
    const buyer = new Buyer(stack)
    const first = await buyer.open('quiet-machine', '?utm_source=a')
    expect((await buyer.open('quiet-machine', '?utm_source=a')).id).toBe(first.id)
    expect((await buyer.open('quiet-machine')).id).toBe(first.id)
  })

  // Mutants: a visit for every request; a reload without its codes counted as another campaign's.
  test('is one visit per campaign, until something was bought', async () => {
    const buyer = new Buyer(stack)
    const { id } = await buyer.open('quiet-machine', '?utm_source=a')
    const visits = () => sql`
      select v.tracking, s.stripe_session_id as session from visits v
      join checkout_sessions s on s.id = v.checkout_session_id
      where v.buyer_hash = (select buyer_hash from checkout_sessions where stripe_session_id = ${id})
      order by v.created_at`
    await Promise.all(['?utm_source=a', '', ''].map((search) => buyer.open('quiet-machine', search)))
    expect(await visits()).toEqual([{ tracking: { utm_source: 'a' }, session: id }])
    const other = await buyer.open('quiet-machine', '?utm_source=b')
    expect((await visits()).map(({ session }) => session)).toEqual([id, other.id])
    await sandbox.pay(other.id, { payment_method: 'card', email: 'jenny@example.com' })
    await buyer.comeBack('quiet-machine', other.id)
    const again = await buyer.open('quiet-machine', '?utm_source=b')
    expect((await visits()).map(({ session }) => session)).toEqual([id, other.id, again.id])
  })

  test('after an edit says which version of the link the session is of', async () => {
    const link = await makeLink(stack, {})
    const buyer = new Buyer(stack)
    const version = async () => ((await (await buyer.post(link.slug)).json()) as { version: number }).version
    expect([await version(), await version()]).toEqual([1, 1])
    await editLink(stack, link, { submit_type: 'book' })
    expect(await version()).toBe(2)
  })

  // Mutant: a bare visit inherits the reference or the e-mail of whoever used this browser before.
  test('what names a buyer or their cart is not passed on to the next visit', async () => {
    const buyer = new Buyer(stack)
    const searches = [
      '?client_reference_id=cart_42',
      '?locked_prefilled_email=jenny%40example.com',
      '?prefilled_email=jenny%40example.com',
    ]
    for (const search of searches) {
      const { id } = await buyer.open('quiet-machine', search)
      expect((await buyer.open('quiet-machine')).id).not.toBe(id)
      expect((await buyer.open('quiet-machine', search)).id).toBe(id)
      // Declined at the bank, they are led back to the session they had.
      const back = (await buyer.comeBack('quiet-machine', id)).headers.get('location') ?? ''
      expect(back).toBe(`${stack.baseUrl}/quiet-machine${search}`)
    }
  })

  test('two tabs at once share one session', async () => {
    const buyer = new Buyer(stack)
    await buyer.open('reading-room')
    const tabs = await Promise.all(Array.from({ length: 8 }, () => buyer.open('quiet-machine')))
    expect(new Set(tabs.map(({ id }) => id)).size).toBe(1)
  })

  test('another browser gets a session of its own', async () => {
    const one = await new Buyer(stack).open('quiet-machine')
    const other = await new Buyer(stack).open('quiet-machine')
    expect(one.id).not.toBe(other.id)
  })

  test('through another campaign keeps both: first and last touch', async () => {
    const buyer = new Buyer(stack)
    await buyer.open('quiet-machine', '?utm_source=newsletter&utm_campaign=first')
    const { id } = await buyer.open('quiet-machine', '?utm_source=chat&utm_campaign=second')
    await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
    await buyer.comeBack('quiet-machine', id)
    const [order] = await sql`select first_touch, last_touch from orders where stripe_session_id = ${id}`
    expect(order).toEqual({
      first_touch: { utm_source: 'newsletter', utm_campaign: 'first' },
      last_touch: { utm_source: 'chat', utm_campaign: 'second' },
    })
  })

  test('before paying leads back to the link, from an unknown session to a 404', async () => {
    const buyer = new Buyer(stack)
    const { id } = await buyer.open('quiet-machine')
    const back = await buyer.comeBack('quiet-machine', id)
    expect(back.status).toBe(303)
    expect(back.headers.get('location')).toBe(`${stack.baseUrl}/quiet-machine`)
    const asked = async () => {
      const { calls } = await sandbox.ledger<{ calls: { path: string }[] }>('calls')
      return calls.filter(({ path }) => path.includes('doesnotexist')).length
    }
    // Mutant: Stripe is asked about any text that looks like a session.
    expect((await buyer.comeBack('quiet-machine', 'cs_test_doesnotexist')).status).toBe(404)
    expect(await asked()).toBe(0)
    expect((await buyer.fetch('/quiet-machine/return')).status).toBe(404)
  })

  // Mutant: the slug of the address, which may be any, and may climb out of its place.
  test("before paying leads back to the session's own link, whatever link the address names", async () => {
    const buyer = new Buyer(stack)
    const { id } = await buyer.open('quiet-machine')
    for (const slug of ['northlight-atlas', '..%2f..', 'dashboard%2forders', '%2f%2fevil.example']) {
      const response = await buyer.comeBack(slug, id)
      expect(response.headers.get('location')).toBe(`${stack.baseUrl}/quiet-machine`)
    }
  })
})

describe('a link that cannot be bought', () => {
  test.each([
    ['advent-parcel', 'inactive', 'The advent parcel comes back in November.'],
    ['first-edition', 'sold_out', 'The first edition has found its reader.'],
  ])('%s says so and opens nothing', async (slug, state, message) => {
    const before = await sql`select count(*)::int as n from checkout_sessions`
    const buyer = new Buyer(stack)
    const visits = async () => {
      const [row] = await sql`
        select count(*)::int as n from visits v join payment_links l on l.id = v.link_id where l.slug = ${slug}`
      return row?.n as number
    }
    const seen = await visits()
    const response = await buyer.post(slug)
    expect(await response.json()).toMatchObject({ state, message: expect.stringContaining(message) })
    await buyer.post(slug)
    expect(await visits()).toBe(seen + 1)
    expect(await sql`select count(*)::int as n from checkout_sessions`).toEqual(before)
  })

  test('an unknown one is a 404 in both ways', async () => {
    expect((await new Buyer(stack).post('no-such-link')).status).toBe(404)
    expect((await fetch(`${stack.baseUrl}/no-such-link`)).status).toBe(404)
  })
})

describe('rendering a link', () => {
  // Mutant: a session is made on GET. A chat app's preview would open one for every share.
  test('writes nothing and calls no Stripe, for people and for bots', async () => {
    type Ledger = { calls: { operation: string | null }[] }
    // What the worker asks meanwhile on its own account.
    const sweeping = ['events.list', 'checkout.sessions.retrieve']
    const rows = () =>
      sql`select (select count(*) from visits)::int as visits, (select count(*) from checkout_sessions)::int as sessions`
    const calls = async () =>
      (await sandbox.ledger<Ledger>()).calls.filter(({ operation }) => !sweeping.includes(operation ?? ''))
        .length
    const before = [await rows(), await calls()]
    for (const agent of ['Mozilla/5.0', 'WhatsApp/2.23', 'Slackbot-LinkExpanding 1.0', 'Googlebot/2.1']) {
      const response = await fetch(`${stack.baseUrl}/quiet-machine?utm_source=x`, {
        headers: { 'user-agent': agent },
      })
      expect(response.status).toBe(200)
      const html = await response.text()
      expect(html).toContain('The Quiet Machine')
      expect(html).toContain('€28.00')
      await fetch(`${stack.baseUrl}/quiet-machine`, { method: 'HEAD', headers: { 'user-agent': agent } })
    }
    expect([await rows(), await calls()]).toEqual(before)
  })

  test('does not depend on the query', async () => {
    // All that is shown; only the framework's own data beside it repeats the address.
    const shown = async (query: string) => {
      const html = await (await fetch(`${stack.baseUrl}/quiet-machine${query}`)).text()
      return /<main[\s\S]*<\/main>/.exec(html)?.[0]
    }
    const plain = await shown('')
    expect(plain).toContain('€28.00')
    expect(await shown('?utm_source=x&prefilled_email=a%40b.example&client_reference_id=cart_42')).toBe(plain)
    expect(plain).not.toContain('<script')
  })
})

describe('a delayed payment', () => {
  test('is pending, then paid, and tells both', async () => {
    const buyer = new Buyer(stack)
    const { id } = await buyer.open('quiet-machine')
    await sandbox.pay(id, {
      payment_method: 'sepa_debit',
      email: 'a_generatedSepaDebitIntentsSucceedDelayed@example.com',
    })
    const order = async (status: string) =>
      eventually(async () => {
        const [row] = await sql`select id, status, fulfilled_at from orders where stripe_session_id = ${id}`
        return row?.status === status ? row : null
      })
    expect((await order('pending')).fulfilled_at).toBeNull()
    await sandbox.advance(200)
    expect((await order('paid')).fulfilled_at).not.toBeNull()
  })

  // Mutant: fulfil on `completed` without looking at payment_status.
  test('that fails is never fulfilled', async () => {
    const buyer = new Buyer(stack)
    const { id } = await buyer.open('quiet-machine')
    await sandbox.pay(id, {
      payment_method: 'sepa_debit',
      email: 'b_generatedSepaDebitIntentsFail@example.com',
    })
    const order = await eventually(async () => {
      const [row] = await sql`select id, status, fulfilled_at from orders where stripe_session_id = ${id}`
      return row?.status === 'failed' ? row : null
    })
    expect(order.fulfilled_at).toBeNull()
    expect(await sql`select 1 from fulfillments where order_id = ${order.id}`).toHaveLength(0)
    const types = await sql`select type from events where data->'object'->>'id' = ${id} order by type`
    expect(types.map(({ type }) => type)).toEqual([
      'checkout.session.async_payment_failed',
      'checkout.session.completed',
    ])
  })
})
