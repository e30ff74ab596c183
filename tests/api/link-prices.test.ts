import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { createLink, updateLink } from '@/lib/links/links'
import type { CreateLinkInput } from '@/lib/links/schema'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { joinStack } from '../support/domain'

const stack = sharedStack()
const { sandbox, sql } = stack
joinStack(stack)

type Item = CreateLinkInput['line_items'][number]
type PriceData = NonNullable<Item['price_data']>

async function linesOf(slug: string) {
  const { id } = await new Buyer(stack).open(slug)
  const { data } = await sandbox.stripe.checkout.sessions.listLineItems(id)
  return data.map(({ description, quantity, amount_total }) => [description, quantity, amount_total])
}

describe('a price that was made at Stripe', () => {
  test('is taken up with its product and sold', async () => {
    const price = await sandbox.stripe.prices.create({
      currency: 'eur',
      unit_amount: 1900,
      product_data: { name: 'A map of Leipzig' },
    })
    const { slug } = await createLink({ line_items: [{ price: price.id, quantity: 2 }] })
    expect(await linesOf(slug)).toEqual([['A map of Leipzig', 2, 3800]])
  })

  test('is named where a link cannot sell it, or where there is none', async () => {
    const halves = await sandbox.stripe.prices.create({
      currency: 'eur',
      unit_amount_decimal: Stripe.Decimal.from('0.5'),
      product_data: { name: 'Half a cent' },
    })
    const link = (id: string) => createLink({ line_items: [{ price: id, quantity: 1000 }] })
    const at = { code: 'invalid_request', param: 'line_items[0][price]' }
    await expect(link(halves.id)).rejects.toMatchObject({
      ...at,
      message: expect.stringContaining(`${halves.id} costs 0.5`),
    })
    await expect(link('price_nothing')).rejects.toMatchObject({
      ...at,
      message: expect.stringContaining('price_nothing'),
    })
  })
})

describe('a price described in place', () => {
  const book: PriceData = {
    currency: 'eur',
    unit_amount: 2400,
    product_data: { name: 'The Pocket Atlas', description: 'Cloth', metadata: { shelf: 'A3' } },
  }
  const products = async () => {
    const { data } = await sandbox.stripe.products.list({ limit: 100 })
    return data.filter(({ name }) => name === 'The Pocket Atlas').length
  }

  test('is made in the catalogue, with its product or on one that is there', async () => {
    const { config, slug } = await createLink({ line_items: [{ price_data: book, quantity: 2 }] })
    expect(await linesOf(slug)).toEqual([['The Pocket Atlas', 2, 4800]])
    const [row] = await sql`
      select p.unit_amount, q.id, q.description, q.metadata from prices p join products q on q.id = p.product_id
      where p.id = ${config.line_items[0]?.price ?? ''}`
    expect(row).toMatchObject({ unit_amount: '2400', description: 'Cloth', metadata: { shelf: 'A3' } })
    const monthly = {
      currency: 'eur',
      unit_amount: 900,
      product: row?.id as string,
      recurring: { interval: 'month' as const },
    }
    const edited = await updateLink(
      (await createLink({ line_items: [{ price_data: book, quantity: 1 }] })).id,
      {
        line_items: [{ price_data: monthly, quantity: 1 }],
      },
    )
    expect(await linesOf(edited.slug)).toEqual([['The Pocket Atlas', 1, 900]])
  })

  // Mutant: made first and looked at afterwards, so that every refusal leaves a product behind.
  test('is made only once nothing is wrong with the rest of the link', async () => {
    const before = await products()
    const refused = (line_items: Item[], param: string, more: Partial<CreateLinkInput> = {}) =>
      expect(createLink({ line_items, ...more })).rejects.toMatchObject({ code: 'invalid_request', param })
    const item = (change: object): Item => ({ price_data: { ...book, ...change }, quantity: 1 })
    await refused([item({ unit_amount: 20 })], 'line_items')
    await refused([item({}), item({ currency: 'usd' })], 'line_items[1][price]')
    await refused([item({})], 'submit_type', { submit_type: 'subscribe' })
    await refused([item({})], 'discounts[0]', { discounts: [{ coupon: 'no-such' }] })
    await refused([{ ...item({}), price: 'price_x' }], 'line_items[0][price]')
    await refused([{ quantity: 1 }], 'line_items[0][price]')
    const data = 'line_items[0][price_data]'
    await refused([item({ product: 'prod_x' })], `${data}[product]`)
    await refused([item({ product_data: undefined, product: 'prod_none' })], `${data}[product]`)
    await refused([item({ custom_unit_amount: { preset: 500 } })], `${data}[custom_unit_amount]`)
    await refused(
      [item({ recurring: { interval: 'year', interval_count: 4 } })],
      `${data}[recurring][interval_count]`,
    )
    await refused([item({ product_data: { name: ' ' } })], `${data}[product_data][name]`)
    expect(await products()).toBe(before)
  })
})
