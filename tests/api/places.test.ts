import { describe, expect, test } from 'vitest'
import type { Restrictions } from '@/db/types'
import { sharedStack } from '../support/api'
import { Buyer, eventually } from '../support/buyer'
import { type LimitedLink, limitedLink, restrict } from '../support/limited-link'
import { callHold, hold, unsoundCounters } from '../support/places'

const stack = sharedStack()
const { sql, sandbox } = stack

const limit = (count: number): Restrictions => ({ completed_sessions: { limit: count } })
const pay = (session: string, email = 'jenny@example.com') =>
  sandbox.pay(session, { payment_method: 'card', email })

async function openAndHold(link: LimitedLink, buyer = new Buyer(stack)) {
  const { id } = await buyer.open(link.slug)
  return { buyer, id, reply: await hold(stack, buyer, link.slug, id) }
}

async function orderOf(session: string, status: string) {
  return eventually(async () => {
    const [row] = await sql`
      select id, status, review_reasons, receipt_token, fulfilled_at from orders
      where stripe_session_id = ${session}`
    return row?.status === status ? row : null
  })
}

async function refundOf(session: string, state = 'done') {
  return eventually(async () => {
    const [row] = await sql`
      select r.* from place_refunds r join checkout_sessions s on s.id = r.checkout_session_id
      where s.stripe_session_id = ${session}`
    return row?.state === state ? row : null
  })
}

async function refundsAtStripe(intent: string) {
  return (await sandbox.stripe.refunds.list({ payment_intent: intent })).data
}

async function counter(link: LimitedLink, scope: string) {
  const [row] = await sql`
    select taken, sold from place_counters where link_id = ${link.id} and scope = ${scope}`
  return row
}

/** The hold's half hour is over. */
async function letLapse(session: string) {
  await sql`
    update place_holds set expires_at = now() - interval '1 second' where checkout_session_id =
      (select id from checkout_sessions where stripe_session_id = ${session})`
}

describe('a place', () => {
  // Mutant: read the count, compare, then write it: two of many at once read the same count.
  test('is held by no more buyers than there are places', async () => {
    const link = await limitedLink(stack, limit(5))
    const replies = await Promise.all(Array.from({ length: 60 }, () => openAndHold(link)))
    expect(replies.filter(({ reply }) => reply.kind === 'held')).toHaveLength(5)
    expect(replies.find(({ reply }) => reply.kind !== 'held')?.reply).toEqual({
      kind: 'none_left',
      item: null,
      free: 0,
      held: true,
    })
    expect(await counter(link, 'sessions')).toEqual({ taken: 5, sold: 0 })
    for (const { id, reply } of replies) if (reply.kind === 'held') await pay(id)
    for (const { id, reply } of replies) if (reply.kind === 'held') await orderOf(id, 'paid')
    expect(await counter(link, 'sessions')).toEqual({ taken: 5, sold: 5 })
    expect(await unsoundCounters(stack, link.id)).toEqual([])
    expect(await (await new Buyer(stack).post(link.slug)).json()).toMatchObject({ state: 'sold_out' })
  })

  test('is not held by opening the page', async () => {
    const link = await limitedLink(stack, limit(1))
    await Promise.all(Array.from({ length: 5 }, () => new Buyer(stack).open(link.slug)))
    expect(await counter(link, 'sessions')).toBeUndefined()
  })

  test('is held once by a double click and two tabs, and kept after a decline', async () => {
    const link = await limitedLink(stack, limit(2))
    const { buyer, id } = await openAndHold(link)
    const again = await Promise.all(Array.from({ length: 8 }, () => hold(stack, buyer, link.slug, id)))
    expect(new Set(again.map(({ kind }) => kind))).toEqual(new Set(['held']))
    await sandbox.pay(id, { payment_method: 'card', number: '4000000000000002' }).catch(() => {})
    expect(await hold(stack, buyer, link.slug, id)).toEqual({ kind: 'held' })
    expect(await counter(link, 'sessions')).toEqual({ taken: 1, sold: 0 })
  })

  test('that lapses is free again, and cannot be paid for any more', async () => {
    const link = await limitedLink(stack, limit(1))
    const first = await openAndHold(link)
    const second = await openAndHold(link)
    expect(second.reply.kind).toBe('none_left')
    await letLapse(first.id)
    await eventually(async () => ((await counter(link, 'sessions'))?.taken === 0 ? true : null))
    await expect(pay(first.id)).rejects.toThrow(/expired/)
    expect(await hold(stack, second.buyer, link.slug, second.id)).toEqual({ kind: 'held' })
  })

  test('is sold when paying and lapsing race: never lost, never sold twice', async () => {
    const link = await limitedLink(stack, limit(6))
    const buyers = await Promise.all(Array.from({ length: 6 }, () => openAndHold(link)))
    const ends = await Promise.all(
      buyers.map(async ({ id }) => {
        await letLapse(id)
        return Promise.all([
          pay(id).then(
            () => 'paid',
            () => 'refused',
          ),
          pause(),
        ])
      }),
    )
    const paid = ends.filter(([end]) => end === 'paid').length
    await eventually(async () => {
      const row = await counter(link, 'sessions')
      return row?.taken === paid && row.sold === paid ? row : null
    })
    expect(
      await sql`select 1 from place_refunds r join orders o on o.id = r.order_id where o.link_id = ${link.id}`,
    ).toHaveLength(0)
  })
})

const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 200))

describe('a stock', () => {
  const stock = (count: number) => (price: string) => ({ inventory: { [price]: count } })

  async function setQuantity(session: string, quantity: number) {
    const lines = await sandbox.stripe.checkout.sessions.listLineItems(session)
    const [line] = lines.data
    await sandbox.stripe.checkout.sessions.update(session, {
      line_items: [{ id: line?.id ?? '', quantity }],
    })
  }

  test('follows a changed quantity, up and down, and refuses more than is left', async () => {
    const link = await limitedLink(stack, stock(5))
    const { buyer, id } = await openAndHold(link)
    const taken = async () => (await counter(link, `price:${link.price}`))?.taken
    expect(await taken()).toBe(1)
    await setQuantity(id, 4)
    expect(await hold(stack, buyer, link.slug, id)).toEqual({ kind: 'held' })
    expect(await taken()).toBe(4)
    await setQuantity(id, 6)
    expect(await hold(stack, buyer, link.slug, id)).toMatchObject({ kind: 'none_left', free: 1 })
    expect(await taken()).toBe(4)
    await setQuantity(id, 2)
    expect(await hold(stack, buyer, link.slug, id)).toEqual({ kind: 'held' })
    expect(await taken()).toBe(2)
    await pay(id)
    await orderOf(id, 'paid')
    expect(await counter(link, `price:${link.price}`)).toEqual({ taken: 2, sold: 2 })
  })

  // Mutant: settle the held quantity instead of the one that was paid.
  test('that is paid for in a larger quantity than was held is refunded', async () => {
    const link = await limitedLink(stack, stock(2))
    const { id } = await openAndHold(link)
    await setQuantity(id, 3)
    await pay(id)
    await orderOf(id, 'review')
    await refundOf(id)
    expect(await counter(link, `price:${link.price}`)).toEqual({ taken: 0, sold: 0 })
  })

  test('comes back when a delayed payment fails; the completed session stays counted', async () => {
    const link = await limitedLink(stack, (price) => ({ inventory: { [price]: 1 }, ...limit(10) }))
    const { id } = await openAndHold(link)
    const email = `${link.slug}_generatedSepaDebitIntentsFailDelayed@example.com`
    await sandbox.pay(id, { payment_method: 'sepa_debit', email })
    await orderOf(id, 'pending')
    expect(await counter(link, `price:${link.price}`)).toEqual({ taken: 1, sold: 0 })
    expect((await openAndHold(link)).reply).toMatchObject({ kind: 'none_left', held: true })
    await sandbox.advance(200)
    await orderOf(id, 'failed')
    expect(await counter(link, `price:${link.price}`)).toEqual({ taken: 0, sold: 0 })
    expect(await counter(link, 'sessions')).toEqual({ taken: 1, sold: 1 })
    expect((await openAndHold(link)).reply.kind).toBe('held')
  })
})

describe('money without a place', () => {
  // Mutants: fulfil whatever is paid; a new refund at every settling.
  test('goes back once, is flagged, and the receipt says so', async () => {
    const link = await limitedLink(stack, limit(1))
    const sold = await openAndHold(link)
    const late = { buyer: new Buyer(stack), id: '' }
    late.id = (await late.buyer.open(link.slug)).id
    await pay(sold.id)
    await orderOf(sold.id, 'paid')
    await pay(late.id)
    const comingBack = Array.from({ length: 5 }, () => late.buyer.comeBack(link.slug, late.id))
    await Promise.all(comingBack)
    const order = await orderOf(late.id, 'review')
    expect(order.review_reasons).toEqual(['it was paid when there was no place left, and is refunded'])
    expect(order.fulfilled_at).toBeNull()
    const refund = await refundOf(late.id)
    await late.buyer.comeBack(link.slug, late.id)
    const made = await refundsAtStripe(refund.payment_intent_id)
    expect(made.map(({ id, amount }) => [id, amount])).toEqual([[refund.refund_id, 2800]])
    const receipt = await (await late.buyer.fetch(`/receipt/${order.receipt_token}`)).text()
    expect(receipt).toContain('Sold out: you have your money back.')
    expect(receipt).not.toContain('What happens next')
    const [row] = await sql`select completed_sessions from payment_links where id = ${link.id}`
    expect(row?.completed_sessions).toBe(1)
  })

  test('goes back once although the answers of Stripe are lost', async () => {
    const link = await limitedLink(stack, limit(1))
    const late = await new Buyer(stack).open(link.slug)
    await pay((await openAndHold(link)).id)
    await eventually(async () => ((await counter(link, 'sessions'))?.sold === 1 ? true : null))
    await sandbox.addFault({
      operation: 'refunds.create',
      probability: 1,
      times: 6,
      position: 'after',
      kind: 'cut',
    })
    await pay(late.id)
    const refund = await refundOf(late.id).finally(() => sandbox.clearFaults())
    expect(await refundsAtStripe(refund.payment_intent_id)).toHaveLength(1)
  })

  test('takes a place that is free', async () => {
    const link = await limitedLink(stack, limit(1))
    const { id } = await new Buyer(stack).open(link.slug)
    await pay(id)
    await orderOf(id, 'paid')
    expect(await counter(link, 'sessions')).toEqual({ taken: 1, sold: 1 })
  })

  test('that was paid before the link had a limit counts against it', async () => {
    const link = await limitedLink(stack, {})
    const { id } = await new Buyer(stack).open(link.slug)
    await pay(id)
    await orderOf(id, 'paid')
    const open = await new Buyer(stack).open(link.slug)
    expect(open.id).not.toBe(id)
    await restrict(stack, link, limit(1))
    expect((await (await new Buyer(stack).post(link.slug)).json()).state).toBe('sold_out')
    await pay(open.id)
    await orderOf(open.id, 'review')
  })
})

describe('a limit per buyer', () => {
  test('counts by browser and by e-mail, whatever its letters', async () => {
    const link = await limitedLink(stack, { per_buyer: { limit: 1 } })
    const email = `${link.slug}@example.com`
    const first = await openAndHold(link)
    await pay(first.id, email)
    await orderOf(first.id, 'paid')
    expect((await openAndHold(link, first.buyer)).reply).toEqual({ kind: 'bought_before' })
    const other = await openAndHold(link)
    expect(other.reply.kind).toBe('held')
    await pay(other.id, email.toUpperCase())
    await orderOf(other.id, 'review')
    await refundOf(other.id)
    const stranger = await openAndHold(link)
    await pay(stranger.id, `other-${email}`)
    await orderOf(stranger.id, 'paid')
  })
})

describe('the time of a sale', () => {
  const now = () => Math.floor(Date.now() / 1000)

  test('before it begins: the page says when, and no session opens', async () => {
    const link = await limitedLink(stack, { starts_at: 4_102_444_800 })
    expect(await (await new Buyer(stack).post(link.slug)).json()).toMatchObject({ state: 'not_yet' })
    const html = await (await fetch(`${stack.baseUrl}/${link.slug}`)).text()
    expect(html).toContain('Not yet on sale')
    expect(html).toContain('2100-01-01T00:00:00.000Z')
  })

  test('after its end: the page says so, no place is held, open sessions are ended', async () => {
    const link = await limitedLink(stack, { ends_at: now() + 3600 })
    const { buyer, id } = await openAndHold(link)
    await restrict(stack, link, { ends_at: now() - 1 })
    expect(await hold(stack, buyer, link.slug, id)).toMatchObject({ kind: 'closed', state: 'ended' })
    expect(await (await new Buyer(stack).post(link.slug)).json()).toMatchObject({ state: 'ended' })
    expect(await (await fetch(`${stack.baseUrl}/${link.slug}`)).text()).toContain('No longer on sale')
    await eventually(async () => {
      const session = await sandbox.stripe.checkout.sessions.retrieve(id)
      return session.status === 'expired' ? true : null
    })
  })
})

describe('the action that holds a place', () => {
  test('is only for the browser whose checkout it is, from our own page, with nothing but an id', async () => {
    const link = await limitedLink(stack, limit(3))
    const buyer = new Buyer(stack)
    const { id } = await buyer.open(link.slug)
    const stranger = new Buyer(stack)
    await stranger.open('quiet-machine')
    expect(await hold(stack, stranger, link.slug, id)).toEqual({ kind: 'unknown' })
    expect(await hold(stack, new Buyer(stack), link.slug, id)).toEqual({ kind: 'unknown' })
    const origin = { origin: stack.baseUrl }
    for (const argument of [
      {},
      { session: 'x' },
      { session: id, quantity: 0 },
      null,
      [id],
      { session: { $gt: '' } },
    ]) {
      expect(await callHold(buyer, link.slug, [argument], origin)).toEqual({ kind: 'unknown' })
    }
    expect(await callHold(buyer, link.slug, [{ session: id }], {})).toEqual({ kind: 'unknown' })
    expect(await counter(link, 'sessions')).toBeUndefined()
  })
})
