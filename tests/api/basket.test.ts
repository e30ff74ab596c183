import { describe, expect, test } from 'vitest'
import { createPrice, createProduct } from '@/lib/catalog/catalog'
import { createCoupon } from '@/lib/catalog/discounts'
import { createShippingRate } from '@/lib/catalog/shipping'
import { settleCheckout } from '@/lib/checkout/settle'
import { changeOptionalItem, chooseAmount } from '@/lib/checkout/update'
import { hashToken } from '@/lib/ids'
import { createLink } from '@/lib/links/links'
import type { CreateLinkInput } from '@/lib/links/schema'
import { sharedStack } from '../support/api'
import { Buyer, eventually } from '../support/buyer'
import { joinStack } from '../support/domain'

const stack = sharedStack()
const { sandbox, sql } = stack
joinStack(stack)

type Priced = Pick<Parameters<typeof createPrice>[0], 'unit_amount' | 'custom_unit_amount' | 'recurring'>

async function priceOf(name: string, priced: Priced): Promise<string> {
  const product = await createProduct({ name })
  return (await createPrice({ product: product.id, currency: 'eur', ...priced })).id
}

const adjustable = (maximum: number) => ({ enabled: true, minimum: 1, maximum })

/** A book of which up to ten are sold, with two things that go with it. */
async function bookLink(more: Partial<CreateLinkInput> = {}) {
  const [book, mark, card] = await Promise.all([
    priceOf('Book', { unit_amount: 2000 }),
    priceOf('Bookmark', { unit_amount: 600 }),
    priceOf('Card', { unit_amount: 300 }),
  ])
  const { slug } = await createLink({
    line_items: [{ price: book, quantity: 2, adjustable_quantity: adjustable(10) }],
    optional_items: [
      { price: mark, quantity: 1 },
      { price: card, quantity: 1, adjustable_quantity: adjustable(5) },
    ],
    ...more,
  })
  return { slug, book, mark, card }
}

async function open(slug: string) {
  const buyer = new Buyer(stack)
  const { id } = await buyer.open(slug)
  const [row] = await sql`select buyer_hash from checkout_sessions where stripe_session_id = ${id}`
  return { id, buyerHash: row?.buyer_hash as string }
}

async function basketOf(id: string) {
  const { data } = await sandbox.stripe.checkout.sessions.listLineItems(id)
  return data.map(({ price, quantity }) => [price?.id, quantity])
}

async function pay(id: string) {
  await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  const settled = await settleCheckout(id, 'webhook')
  if (settled.outcome !== 'settled') throw new Error(`${id} was not settled`)
  return settled.order
}

async function gift() {
  const price = await priceOf('A gift', {
    custom_unit_amount: { preset: 1500, minimum: 500, maximum: 90_000 },
  })
  const { slug } = await createLink({ line_items: [{ price, quantity: 1 }] })
  return { price, ...(await open(slug)) }
}

describe('an optional item', () => {
  test('is added beside what is there, changed, and taken out again', async () => {
    const { slug, book, card } = await bookLink()
    const { id, buyerHash } = await open(slug)
    const change = (quantity: number) => changeOptionalItem(id, buyerHash, { price: card, quantity })
    expect(await change(1)).toEqual({ kind: 'changed' })
    expect(await change(4)).toEqual({ kind: 'changed' })
    expect(await basketOf(id)).toEqual([
      [book, 2],
      [card, 4],
    ])
    expect(await change(0)).toEqual({ kind: 'changed' })
    expect(await basketOf(id)).toEqual([[book, 2]])
  })

  // Mutant: no turns: both read the lines before either has written them, and one is lost.
  test('is not lost when another is added at the same moment', async () => {
    const { slug, book, mark, card } = await bookLink()
    const { id, buyerHash } = await open(slug)
    await Promise.all([mark, card].map((price) => changeOptionalItem(id, buyerHash, { price, quantity: 1 })))
    expect((await basketOf(id)).map(([price]) => price).sort()).toEqual([book, mark, card].sort())
    const order = await pay(id)
    expect(order).toMatchObject({ status: 'paid', amountTotal: 4900 })
  })

  // Mutants: add what the request names; take the quantity as it comes; ask for no cookie.
  test('is one that the link offers, within its bounds, for the browser whose checkout it is', async () => {
    const { slug, book, mark, card } = await bookLink()
    const { id, buyerHash } = await open(slug)
    const other = await priceOf('Not offered', { unit_amount: 1 })
    const refused = { kind: 'refused', why: 'not_offered' }
    for (const [price, quantity] of [
      [other, 1],
      [book, 1],
      [mark, 2],
      [card, 6],
    ] as const) {
      expect(await changeOptionalItem(id, buyerHash, { price, quantity })).toEqual(refused)
    }
    await expect(
      changeOptionalItem(id, hashToken('another browser'), { price: mark, quantity: 1 }),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await basketOf(id)).toEqual([[book, 2]])
  })

  test('cannot be added once the order is paid', async () => {
    const { slug, mark } = await bookLink()
    const { id, buyerHash } = await open(slug)
    await pay(id)
    expect(await changeOptionalItem(id, buyerHash, { price: mark, quantity: 1 })).toEqual({
      kind: 'refused',
      why: 'ended',
    })
  })
})

describe('an amount the buyer chooses', () => {
  test('begins with the suggestion and is paid as chosen', async () => {
    const { id, buyerHash, price } = await gift()
    const opened = await sandbox.stripe.checkout.sessions.retrieve(id)
    expect(opened.amount_total).toBe(1500)
    expect(await chooseAmount(id, buyerHash, 4250)).toEqual({ kind: 'changed' })
    const order = await pay(id)
    expect(order).toMatchObject({ status: 'paid', amountTotal: 4250 })
    expect(order.items).toMatchObject([{ price, quantity: 1, unit_amount: 4250 }])
  })

  // Mutants: no lower bound; no upper bound.
  test('lies between the bounds', async () => {
    const { id, buyerHash } = await gift()
    for (const amount of [0, 499, 90_001]) {
      expect(await chooseAmount(id, buyerHash, amount)).toEqual({ kind: 'refused', why: 'not_offered' })
    }
    const { slug } = await bookLink()
    const book = await open(slug)
    expect(await chooseAmount(book.id, book.buyerHash, 500)).toEqual({ kind: 'refused', why: 'not_offered' })
    expect((await sandbox.stripe.checkout.sessions.retrieve(id)).amount_total).toBe(1500)
  })

  // Mutant: compare with the bounds alone.
  test('is held for review where it is not the one the server allowed last', async () => {
    const { id, buyerHash } = await gift()
    await chooseAmount(id, buyerHash, 4250)
    const { data } = await sandbox.stripe.checkout.sessions.listLineItems(id)
    const product = data[0]?.price?.product as string
    const price_data = { currency: 'eur', product, unit_amount: 600 }
    await sandbox.stripe.checkout.sessions.update(id, { line_items: [{ price_data, quantity: 1 }] })
    expect(await pay(id)).toMatchObject({ status: 'review', fulfilledAt: null })
  })
})

describe("a link's own discount", () => {
  test('comes off and is told in the order', async () => {
    const coupon = await createCoupon({ percent_off: 20, name: 'Friends' })
    const { slug } = await bookLink({ discounts: [{ coupon: coupon.id }] })
    const { id } = await open(slug)
    const order = await pay(id)
    expect(order).toMatchObject({
      status: 'paid',
      amountSubtotal: 4000,
      amountDiscount: 800,
      amountTotal: 3200,
    })
  })

  test('has to be in the currency of the link, and to exist', async () => {
    const dollars = await createCoupon({ amount_off: 500, currency: 'usd' })
    await expect(bookLink({ discounts: [{ coupon: dollars.id }] })).rejects.toMatchObject({
      code: 'invalid_request',
      param: 'discounts[0]',
    })
    await expect(bookLink({ discounts: [{ coupon: 'no-such' }] })).rejects.toMatchObject({
      param: 'discounts[0]',
    })
  })
})

describe('shipping', () => {
  const rate = (amount: number, currency = 'eur') =>
    createShippingRate({ display_name: 'Standard', currency, amount })
  const shipped = { shipping_address_collection: { allowed_countries: ['DE'] } }

  test('comes on top, the first rate unless the buyer chooses', async () => {
    const [first, second] = [await rate(350), await rate(900)]
    const { slug } = await bookLink({
      ...shipped,
      shipping_options: [{ shipping_rate: first.id }, { shipping_rate: second.id }],
    })
    const { id } = await open(slug)
    const order = await pay(id)
    expect(order).toMatchObject({
      status: 'paid',
      amountSubtotal: 4000,
      amountShipping: 350,
      amountTotal: 4350,
    })
  })

  test('has to be in the currency of the link', async () => {
    const dollars = await rate(350, 'usd')
    await expect(
      bookLink({ ...shipped, shipping_options: [{ shipping_rate: dollars.id }] }),
    ).rejects.toMatchObject({ param: 'shipping_options[0][shipping_rate]' })
  })
})

describe('a basket with a subscription in it', () => {
  const mixed = async (more: Partial<CreateLinkInput>) => {
    const [month, box] = await Promise.all([
      priceOf('Monthly', { unit_amount: 900, recurring: { interval: 'month' } }),
      priceOf('Welcome box', { unit_amount: 2000 }),
    ])
    const line_items = [month, box].map((price) => ({ price, quantity: 1 }))
    return open((await createLink({ line_items, ...more })).slug)
  }

  test('is paid at once with what is bought once', async () => {
    const { id } = await mixed({})
    const order = await pay(id)
    expect(order).toMatchObject({ status: 'paid', amountTotal: 2900 })
    expect(order.subscriptionId).toMatch(/^sub_/)
  })

  // Mutant: expect the subscription's price of a trial too.
  test('costs only what is bought once while it is tried', async () => {
    const { id } = await mixed({ subscription_data: { trial_period_days: 14 } })
    expect(await pay(id)).toMatchObject({ status: 'paid', amountTotal: 2000 })
  })
})

// Last: it leaves this process believing that Stripe is down.
test('an amount whose change got no answer may still be paid, and so may the one before', async () => {
  const { id, buyerHash } = await gift()
  await sandbox.addFault({ operation: 'checkout.sessions.update', kind: '503', times: 9, position: 'before' })
  await expect(chooseAmount(id, buyerHash, 4250)).rejects.toMatchObject({ code: 'stripe_unavailable' })
  await sandbox.clearFaults()
  const [row] = await sql`select chosen_amounts from checkout_sessions where stripe_session_id = ${id}`
  expect(row?.chosen_amounts).toEqual([1500, 4250])
  await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  const order = await eventually(async () => {
    const [found] = await sql`select status, amount_total from orders where stripe_session_id = ${id}`
    return found
  })
  expect(order).toEqual({ status: 'paid', amount_total: '1500' })
})
