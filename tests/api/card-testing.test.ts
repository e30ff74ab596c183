import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { Buyer, eventually } from '../support/buyer'
import { limitedLink } from '../support/limited-link'
import { linkLike } from '../support/link-like'
import type { App } from '../support/stack'

const stack = sharedStack()
const { sql, sandbox } = stack

/** An application that trusts the address its proxy names, with the brakes as they are delivered. */
const brakes = { SESSIONS_PER_ADDRESS: '10', TRUSTED_PROXIES: '1', WORKER: 'off' }
let app: App
beforeAll(async () => {
  // What concerns one address is looked at without what concerns a whole link.
  app = await stack.startApp({ ...brakes, ATTACK_TRIES: '100000' })
})

const someAddress = () => `2001:db8:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}::1`

function visit(slug: string, address: string, buyer = new Buyer(stack, app.url)) {
  return buyer.post(slug, '', { 'x-forwarded-for': address })
}

async function sessionOf(response: Response): Promise<string> {
  const { client_secret: secret } = (await response.json()) as { client_secret: string }
  return secret.split('_secret_')[0] ?? ''
}

const decline = (session: string) =>
  sandbox.pay(session, { payment_method: 'card', number: '4000000000000002' }).then(
    () => 'paid',
    (error: Error) => (/declined/.test(error.message) ? 'declined' : 'ended'),
  )

const declines = async (link: string) => {
  const [row] =
    await sql`select count(*)::int as n from payment_tries where link_id = ${link} and outcome = 'declined'`
  return row?.n as number
}

describe('whoever tries cards', () => {
  // Mutants: count declines in memory; count an event that is sent twice two times.
  test('loses the session within five seconds of the fifth decline', async () => {
    const link = await limitedLink(stack, {})
    const session = await sessionOf(await visit(link.slug, someAddress()))
    await sandbox.webhooks({ action: 'duplicate', types: ['payment_intent.payment_failed'] })
    for (let attempt = 0; attempt < 4; attempt += 1) expect(await decline(session)).toBe('declined')
    await eventually(async () => ((await declines(link.id)) === 4 ? true : null))
    await sandbox.clearWebhooks()
    expect((await sandbox.stripe.checkout.sessions.retrieve(session)).status).toBe('open')
    expect(await decline(session)).toBe('declined')
    await eventually(async () => {
      const { status } = await sandbox.stripe.checkout.sessions.retrieve(session)
      return status === 'expired' ? true : null
    }, 5)
  })

  // Mutant: a subscription's payment names no session, and its declines are nobody's.
  test('loses the session of a subscription too', async () => {
    const { slug } = await linkLike(stack, 'northlight-monthly', {})
    const session = await sessionOf(await visit(slug, someAddress()))
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await decline(session)).toBe('declined')
    await eventually(async () => {
      const { status } = await sandbox.stripe.checkout.sessions.retrieve(session)
      return status === 'expired' ? true : null
    }, 10)
  })

  // Mutant: no proxy is trusted and the client's own header is: each of its tries comes from somewhere else.
  test('cannot choose an address where no proxy is trusted', async () => {
    const { id, slug } = await limitedLink(stack, {})
    const open = await stack.startApp({ ...brakes, TRUSTED_PROXIES: '0' })
    const from = () => new Buyer(stack, open.url)
    expect((await from().post(slug)).status).toBe(200)
    for (const claim of ['203.0.113.7', '2001:db8::1', '203.0.113.7, 198.51.100.1']) {
      expect((await visit(slug, claim, from())).status).toBe(200)
    }
    const rows = await sql`select distinct address_hash from checkout_sessions where link_id = ${id}`
    expect(rows).toHaveLength(1)
  })

  test('opens ten sessions in ten minutes from one address; every other one still opens', async () => {
    const link = await limitedLink(stack, {})
    const address = someAddress()
    let opened = 0
    let refused = 0
    for (let attempt = 0; attempt < 25; attempt += 1) {
      const response = await visit(link.slug, address)
      if (response.status === 429) {
        refused += 1
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
        continue
      }
      opened += 1
      const session = await sessionOf(response)
      const before = await declines(link.id)
      for (let card = 0; card < 5; card += 1) await decline(session)
      await eventually(async () => ((await declines(link.id)) >= before + 5 ? true : null))
    }
    expect({ opened, refused }).toEqual({ opened: 10, refused: 15 })
    // Another address of the same /64 is the same customer's.
    expect((await visit(link.slug, `${address.slice(0, -1)}beef`)).status).toBe(429)
    expect((await visit(link.slug, someAddress())).status).toBe(200)
  })

  test('from many addresses slows the link down by seconds, for everybody, and nobody is shut out', async () => {
    const link = await limitedLink(stack, {})
    await sql`
      insert into payment_tries (id, checkout_session_id, link_id, address_hash, outcome)
      select ${link.id} || n, 'cks_' || n, ${link.id}, 'address' || n, 'declined' from generate_series(1, 40) n`
    const attacked = await stack.startApp({ ...brakes, ATTACK_TRIES: '30' })
    const buyer = new Buyer(stack, attacked.url)
    const address = someAddress()
    const first = await visit(link.slug, address, buyer)
    expect(first.status).toBe(429)
    const wait = Number(first.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(6)
    await new Promise((resolve) => setTimeout(resolve, wait * 1000))
    const visits = () => sql`select 1 from visits where link_id = ${link.id}`
    expect(await visits()).toHaveLength(0)
    expect((await visit(link.slug, address, buyer)).status).toBe(200)
    expect(await visits()).toHaveLength(1)
  })
})

describe('honest buyers behind one address', () => {
  // Mutant: a wall instead of a queue.
  test('queue, keep their turn and all reach the payment', async () => {
    const link = await limitedLink(stack, {})
    const address = someAddress()
    const waits: number[] = []
    const arrive = async () => {
      const buyer = new Buyer(stack, app.url)
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const response = await visit(link.slug, address, buyer)
        if (response.status === 200) return true
        const wait = Number(response.headers.get('retry-after'))
        waits.push(wait)
        await new Promise((resolve) => setTimeout(resolve, wait * 1000))
      }
      return false
    }
    const reached = await Promise.all(Array.from({ length: 40 }, arrive))
    expect(reached.filter(Boolean)).toHaveLength(40)
    expect(waits.length).toBeGreaterThan(0)
    expect(Math.max(...waits)).toBeLessThanOrEqual(5)
  })
})
