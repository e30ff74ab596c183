import { describe, expect, test } from 'vitest'
import type { CustomField, LinkConfig } from '@/db/types'
import { callAction } from '../support/action'
import { sharedStack } from '../support/api'
import { Buyer, eventually } from '../support/buyer'
import { editLink, type MadeLink, makeLink } from '../support/made-link'

const stack = sharedStack()
const { sql, sandbox } = stack

const name: CustomField = {
  key: 'name',
  label: 'Name in the book',
  type: 'text',
  optional: false,
  minimum: null,
  maximum: 20,
  default_value: null,
}
const note: CustomField = {
  ...name,
  key: 'note',
  label: 'A note',
  type: 'long_text',
  optional: true,
  maximum: null,
}
const asking: Partial<LinkConfig> = { custom_fields: [name, note] }

type Sent = { session: string; answers: object; terms: string | null; promotions: boolean }

async function open(settings: Partial<LinkConfig> = asking) {
  const link = await makeLink(stack, settings)
  const buyer = new Buyer(stack)
  const { id } = await buyer.open(link.slug)
  const save = (sent: object, from = buyer) =>
    callAction(
      from,
      link.slug,
      'saveAnswers',
      [{ session: id, answers: {}, terms: null, promotions: false, ...sent } satisfies Sent],
      { origin: stack.baseUrl },
    )
  return { link, buyer, id, save }
}

async function kept(session: string) {
  const [row] = await sql`select answers, consent from checkout_sessions where stripe_session_id = ${session}`
  return row
}

async function orderOf(session: string) {
  return eventually(async () => {
    const [row] = await sql`select * from orders where stripe_session_id = ${session} and status = 'paid'`
    return row
  })
}

/** What was told outward of this session's completion. */
async function told(session: string) {
  const [event] = await sql`
    select data from events where type = 'checkout.session.completed' and data->'object'->>'id' = ${session}`
  return event?.data.object
}

describe('answers', () => {
  test('are kept with the session, told to Stripe, frozen on the order and told outward', async () => {
    const { id, save } = await open()
    const essay = 'x'.repeat(900)
    expect(await save({ answers: { name: ' Ada ', note: essay } })).toEqual({ kind: 'saved' })
    expect(await save({ answers: { name: 'Ada L.', note: essay } })).toEqual({ kind: 'saved' })
    expect((await kept(id))?.answers).toEqual({ name: 'Ada L.', note: essay })
    const { metadata } = await sandbox.stripe.checkout.sessions.retrieve(id)
    expect(metadata).toMatchObject({ field_name: 'Ada L.', field_note: `${'x'.repeat(499)}…` })
    await sandbox.pay(id, { payment_method: 'card', email: 'ada@example.com' })
    const order = await orderOf(id)
    expect(order.custom_fields).toEqual([
      { key: 'name', label: 'Name in the book', type: 'text', value: 'Ada L.' },
      { key: 'note', label: 'A note', type: 'long_text', value: essay },
    ])
    expect((await told(id)).custom_fields).toMatchObject([
      { key: 'name', label: { type: 'custom', custom: 'Name in the book' }, text: { value: 'Ada L.' } },
      { key: 'note', long_text: { value: essay } },
    ])
    const facts = await sql`select kind from order_facts where order_id = ${order.id}`
    expect(facts.map(({ kind }) => kind)).not.toContain('unanswered')
  })

  // Mutants: believe the page's own check; keep what is right and drop what is wrong.
  test('that break a rule are refused with it, and nothing of them is kept', async () => {
    const { id, save } = await open()
    expect(await save({ answers: { note: 'only this' } })).toEqual({
      kind: 'wrong',
      problems: { name: { code: 'required' } },
      terms: null,
    })
    expect(await save({ answers: { name: 'x'.repeat(21) } })).toMatchObject({
      problems: { name: { code: 'too_long', count: 20 } },
    })
    expect((await kept(id))?.answers).toEqual({})
  })

  // Mutants: no check of keys; the link's version of now instead of the session's; no buyer in the search.
  test('are taken only to the questions of this session, and only from its own browser', async () => {
    const { link, id, save } = await open()
    await editLink(stack, link, { custom_fields: [{ ...name, key: 'later' }] })
    expect(await save({ answers: { name: 'Ada', later: 'x' } })).toEqual({ kind: 'unknown' })
    expect(await save({ answers: { name: 'Ada', __proto__: 'x', constructor: 'x' } })).toEqual({
      kind: 'unknown',
    })
    expect(await save({ answers: { name: 'Ada' }, amount: 1 })).toEqual({ kind: 'unknown' })
    expect(await save({ answers: { name: 'Ada' } }, new Buyer(stack))).toEqual({ kind: 'unknown' })
    const other = new Buyer(stack)
    await other.open(link.slug)
    expect(await save({ answers: { name: 'Ada' } }, other)).toEqual({ kind: 'unknown' })
    expect((await kept(id))?.answers).toEqual({})
    expect(await save({ answers: { name: 'Ada' } })).toEqual({ kind: 'saved' })
  })

  // Mutants: refuse or hold the order; say nothing.
  test('that are missing when the money has come leave an order, and a word on its timeline', async () => {
    const { id } = await open()
    await sandbox.pay(id, { payment_method: 'card', email: 'ada@example.com' })
    const order = await orderOf(id)
    expect(order.fulfilled_at).not.toBeNull()
    const [fact] = await sql`
      select detail from order_facts where order_id = ${order.id} and kind = 'unanswered'`
    expect(fact?.detail).toEqual({ fields: ['Name in the book'] })
  })

  // Mutants: a tax ID that is required is nobody's business; one is missed where nobody knows the country.
  test('count a tax ID among them as far as Stripe tells the country', async () => {
    const { id, save } = await open({
      shipping_address_collection: { allowed_countries: ['DE'] },
      tax_id_collection: { enabled: true, required: 'if_supported' },
    })
    expect(await save({})).toEqual({ kind: 'saved' })
    await sandbox.pay(id, { payment_method: 'card', email: 'ada@example.com' })
    const order = await orderOf(id)
    expect(order.buyer_details.shipping.address.country).toBe('DE')
    const [fact] = await sql`
      select detail from order_facts where order_id = ${order.id} and kind = 'unanswered'`
    expect(fact?.detail).toEqual({ fields: ['Tax ID'] })
  })

  test('are not changed any more once the money has come', async () => {
    const { id, save } = await open()
    await save({ answers: { name: 'Ada' } })
    await sandbox.pay(id, { payment_method: 'card', email: 'ada@example.com' })
    await orderOf(id)
    await save({ answers: { name: 'Bob' } })
    expect((await kept(id))?.answers).toEqual({ name: 'Ada' })
  })

  test('come back with the session to the browser that gave them', async () => {
    const { link, buyer, save } = await open()
    await save({ answers: { name: 'Ada' } })
    expect(await (await buyer.post(link.slug)).json()).toMatchObject({ answers: { name: 'Ada' } })
    expect(await (await new Buyer(stack).post(link.slug)).json()).toMatchObject({ answers: {} })
  })
})

describe('consents', () => {
  const consenting: Partial<LinkConfig> = {
    consent_collection: { terms_of_service: 'required', promotions: 'auto' },
    custom_text: {
      shipping_address: null,
      submit: null,
      after_submit: null,
      terms_of_service_acceptance: 'I agree to the house rules.',
    },
  }

  /** The version of the terms the page shows. */
  async function shown({ slug }: MadeLink): Promise<string> {
    const html = await (await new Buyer(stack).fetch(`/${slug}`)).text()
    return /terms\\?":\{\\?"version\\?":\\?"([\w-]{43})/.exec(html)?.[1] ?? ''
  }

  // Mutants: any version will do; the time is the browser's; promotions without being asked.
  test('name the terms that were shown, and when', async () => {
    const { link, id, save } = await open(consenting)
    const version = await shown(link)
    expect(await save({})).toEqual({ kind: 'wrong', problems: {}, terms: 'required' })
    expect(await save({ terms: 'x'.repeat(43) })).toEqual({ kind: 'wrong', problems: {}, terms: 'changed' })
    expect(await save({ terms: version, promotions: true })).toEqual({ kind: 'saved' })
    await sandbox.pay(id, { payment_method: 'card', email: 'ada@example.com' })
    const { consent } = await orderOf(id)
    expect(consent).toMatchObject({
      terms_of_service: 'accepted',
      promotions: 'opt_in',
      terms: { version, text: 'I agree to the house rules.' },
      link_version: 1,
    })
    expect(Math.abs(Date.parse(consent.at) - Date.now())).toBeLessThan(60_000)
    expect((await told(id)).consent).toMatchObject({ terms_of_service: 'accepted', promotions: 'opt_in' })
    expect((await sandbox.stripe.checkout.sessions.retrieve(id)).metadata).toMatchObject({
      consent_promotions: 'opt_in',
    })
  })

  test('that nobody asked for are not kept', async () => {
    const { id, save } = await open({})
    expect(await save({ promotions: true })).toEqual({ kind: 'saved' })
    expect((await kept(id))?.consent).toBeNull()
  })
})
