import { beforeAll, describe, expect, test } from 'vitest'
import { callAction, postAction } from '../support/action'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { eachOf } from '../support/crowd'
import { hostileBodies } from '../support/hostile'
import { type ActionName, brokenBodies, hostileArguments } from '../support/hostile-arguments'
import { openShop, type Shop, type Sold, stateOf, type Visitor } from '../support/hostile-shop'
import { unsoundCounters } from '../support/places'

const stack = sharedStack()
const { sql, sandbox, baseUrl } = stack
const seed = Number(process.env.HOSTILE_SEED ?? Math.floor(Math.random() * 2 ** 31))
const count = 256
const fromHere = { origin: baseUrl }

/** What each action may say to anybody. That it could not be done is no answer to bad input. */
const answers: Record<ActionName, string[]> = {
  holdPlace: ['held', 'unknown'],
  saveAnswers: ['saved', 'wrong', 'unknown'],
  changeItem: ['changed', 'refused', 'unknown'],
  chooseAmount: ['changed', 'refused', 'unknown'],
}
const actions = Object.keys(answers) as ActionName[]

let shop: Shop
let attackers: Visitor[]
let victim: Visitor
let untouched: unknown
let began = 0
/** What the server said yes to, by session; others sell what they were opened with. */
const accepted = new Map<string, Sold>()
const holding = new Set<string>()

beforeAll(async () => {
  shop = await openShop(stack)
  attackers = await Promise.all(Array.from({ length: 4 }, () => shop.visitor()))
  victim = await shop.visitor()
  untouched = await stateOf(stack, victim)
  const first = await sandbox.stripe.checkout.sessions.retrieve(attackers[0]?.sessions.basket ?? '')
  began = first.created - 10
})

/** Every session of the two links that does not sell what the server agreed to, at the price book's sum. */
async function unfair(): Promise<unknown[]> {
  const odd: unknown[] = []
  for await (const session of sandbox.stripe.checkout.sessions.list({
    limit: 100,
    created: { gte: began },
    expand: ['data.line_items'],
  })) {
    const link = (['basket', 'gift'] as const).find((name) =>
      session.return_url?.includes(`/${shop[name].slug}/`),
    )
    if (!link) continue
    const lines = session.line_items?.data ?? []
    const wanted = accepted.get(session.id) ?? shop.atFirst(link)
    const sold: Sold =
      link === 'gift'
        ? { quantities: {}, chosen: lines.length === 1 ? (lines[0]?.price?.unit_amount ?? null) : null }
        : {
            quantities: Object.fromEntries(lines.map((line) => [line.price?.id, line.quantity])),
            chosen: null,
          }
    const is = { sold, total: session.amount_total, kind: [session.currency, session.mode, session.status] }
    const be = { sold: wanted, total: shop.sum(wanted), kind: ['eur', 'payment', 'open'] }
    if (!same(is, be)) odd.push({ is, be })
  }
  return odd
}

const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .map(([key, part]) => [key, sorted(part)] as const)
          .sort(),
      )
    : value
const same = (one: unknown, other: unknown) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

/** Why a reply is none the server may give; remembers what it agreed to. */
function breachOf(action: ActionName, who: Visitor, args: unknown[], kind: string): string | null {
  if (!answers[action].includes(kind)) return `answered ${kind}`
  if (!['changed', 'held', 'saved'].includes(kind)) return null
  const asked = args[0] as { session: string; price: string; quantity: unknown; amount: unknown }
  const link = (['basket', 'gift'] as const).find((name) => who.sessions[name] === asked.session)
  if (!link) return "agreed to a change of another's session"
  if (action === 'holdPlace') holding.add(asked.session)
  const sold = accepted.get(asked.session) ?? shop.atFirst(link)
  if (action === 'changeItem') {
    const quantity = asked.quantity === '$-0' ? 0 : Number(asked.quantity)
    if (link === 'gift' || !shop.offers(asked.price, quantity)) return 'sold what is not offered'
    delete sold.quantities[asked.price]
    if (quantity > 0) sold.quantities[asked.price] = quantity
  }
  if (action === 'chooseAmount') {
    if (link === 'basket' || !shop.takes(Number(asked.amount))) return 'took an amount out of bounds'
    sold.chosen = Number(asked.amount)
  }
  accepted.set(asked.session, sold)
  return null
}

describe(`hostile input (seed ${seed})`, () => {
  // Mutants: spread the body into the session's parameters; take `search` without a limit.
  test(`${count} bodies open no session that differs from the price book`, async () => {
    const buyers = Array.from({ length: 8 }, () => new Buyer(stack))
    const odd: string[] = []
    await eachOf(hostileBodies(count, seed), 8, async (body, index) => {
      const { slug } = index % 2 === 0 ? shop.basket : shop.gift
      const response = await (buyers[index % 8] as Buyer).fetch(`/${slug}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...fromHere },
        body,
      })
      if (![200, 400, 429].includes(response.status)) odd.push(`${response.status} ${body.slice(0, 80)}`)
      if (response.status === 400)
        expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
    })
    expect(odd).toEqual([])
    expect(await unfair()).toEqual([])
  })

  // Mutants: take the quantity as it comes; no upper bound of an amount; a schema that is not strict and spread
  // into the call; search sessions without the buyer; keep answers that are no question; keep a NUL.
  test.each(actions)(`${count} lists of arguments for %s change only what the page could`, async (action) => {
    const breaches: string[] = []
    const share = count / attackers.length
    await eachOf(attackers, attackers.length, async (who, index) => {
      const { basket, gift } = who.sessions
      const known = {
        sessions: [basket, gift, basket, gift, ...Object.values(victim.sessions)],
        prices: [...shop.optional, ...shop.optional, shop.basket.price, shop.gift.price, 'price_0', 'price_'],
      }
      for (const [turn, args] of hostileArguments(action, known, share, seed + index).entries()) {
        const { slug } = turn % 2 === 0 ? shop.basket : shop.gift
        const said = await callAction(who.buyer, slug, action, args, fromHere).then(
          ({ kind }) => breachOf(action, who, args, kind),
          (error) => String(error),
        )
        if (said) breaches.push(`${said}: ${JSON.stringify(args).slice(0, 200)}`)
      }
    })
    expect(breaches).toEqual([])
    expect(await unfair()).toEqual([])
    expect(await stateOf(stack, victim)).toEqual(untouched)
  })

  test('what was agreed to was something, and what is kept of it is sound', async () => {
    expect([...accepted.values()].some(({ chosen }) => chosen !== null)).toBe(true)
    expect([...accepted.values()].some(({ quantities }) => Object.keys(quantities).length > 1)).toBe(true)
    const links = [shop.basket.id, shop.gift.id]
    const rows = await sql`
      select stripe_session_id, answers, consent from checkout_sessions where link_id in ${sql(links)}`
    const kept = rows.flatMap((row) => Object.entries(row.answers as Record<string, unknown>))
    expect(kept.length).toBeGreaterThan(0)
    for (const [key, value] of kept) {
      if (key === 'gift') expect(value).toBeTypeOf('boolean')
      else expect(key === 'size' ? ['l'] : [String(value).slice(0, 20)]).toEqual([value])
      expect(['name', 'size', 'gift']).toContain(key)
    }
    expect(rows.filter(({ consent }) => consent !== null)).toEqual([])
    const holds = await sql`
      select stripe_session_id from place_holds h join checkout_sessions s on s.id = h.checkout_session_id
      where h.link_id in ${sql(links)}`
    expect(new Set(holds.map((row) => row.stripe_session_id))).toEqual(holding)
    for (const id of links) expect(await unsoundCounters(stack, id)).toEqual([])
  })

  // Mutants: no look at the origin; any cookie will do; the session's id alone entitles.
  test('nobody but the browser whose session it is has a say in it, and only from our own page', async () => {
    const [stranger] = attackers as [Visitor]
    const forged = new Buyer(stack)
    forged.cookies.set('bl_buyer', 'a'.repeat(32))
    const odd = new Buyer(stack)
    odd.cookies.set('bl_buyer', "x' or 1=1 --")
    const senders: [Buyer, Record<string, string>][] = [
      [victim.buyer, {}],
      [new Buyer(stack), fromHere],
      [stranger.buyer, fromHere],
      [forged, fromHere],
      [odd, fromHere],
      [victim.buyer, { 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' }],
    ]
    const { basket, gift } = victim.sessions
    const item = { price: shop.optional[0], quantity: 1 }
    const wishes: [ActionName, object][] = [basket, gift].flatMap((session): [ActionName, object][] => [
      ['holdPlace', { session }],
      ['saveAnswers', { session, answers: { name: 'Eve' }, terms: null, promotions: false }],
      ['changeItem', { session, ...item }],
      ['chooseAmount', { session, amount: 200 }],
    ])
    for (const [action, argument] of wishes) {
      for (const [buyer, headers] of senders) {
        expect(await callAction(buyer, shop.basket.slug, action, [argument], headers)).toEqual({
          kind: 'unknown',
        })
      }
      // Next refuses these itself, before our code runs, with a status of its own choosing.
      for (const origin of ['https://evil.example', 'null', `${baseUrl}.evil.example`, '']) {
        const body = JSON.stringify([argument])
        const response = await postAction(victim.buyer, shop.gift.slug, action, body, { origin })
        expect(await response.text()).not.toMatch(/"(changed|held|saved|refused|wrong)"/)
      }
    }
    for (const origin of [undefined, 'https://evil.example', 'null', `${baseUrl}.evil.example`]) {
      const response = await victim.buyer.fetch(`/${shop.basket.slug}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(origin && { origin }) },
        body: '{}',
      })
      expect(response.status).toBe(403)
    }
    expect(await stateOf(stack, victim)).toEqual(untouched)
  })

  // What React cannot read Next refuses with 500 before our code runs; it must end there.
  test('what is no list of arguments reaches no action', async () => {
    const [{ buyer }] = attackers as [Visitor]
    const types = ['text/plain;charset=UTF-8', 'multipart/form-data; boundary=x', 'application/json']
    for (const [index, body] of brokenBodies.entries()) {
      for (const [at, type] of types.slice(0, index % 4 === 0 ? 3 : 1).entries()) {
        const action = actions[(index + at) % actions.length] as ActionName
        const headers = { ...fromHere, 'content-type': type }
        const response = await postAction(buyer, shop.basket.slug, action, body, headers)
        expect(await response.text(), body.slice(0, 80)).not.toMatch(/"(changed|held|saved|unavailable)"/)
      }
    }
    expect(await unfair()).toEqual([])
  })
})
