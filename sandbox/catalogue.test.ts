import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

describe('products and prices', () => {
  test('a product is created, read, changed and listed', async () => {
    const { products } = bench.stripe
    const made = await products.create({
      name: 'Book',
      description: 'Of sand',
      metadata: { isbn: '1', shelf: '2' },
    })
    expect(made.id).toMatch(/^prod_\w{24}$/)
    const changed = await products.update(made.id, { description: '', metadata: { isbn: '', shelf: '3' } })
    expect(changed).toMatchObject({ description: null, metadata: { shelf: '3' }, name: 'Book' })
    expect(await products.retrieve(made.id)).toMatchObject({ metadata: { shelf: '3' } })
  })

  test('a price keeps its amount exactly, and expands its product', async () => {
    const price = await bench.stripe.prices.create({
      currency: 'EUR',
      unit_amount_decimal: Stripe.Decimal.from('0.125'),
      product_data: { name: 'A grain' },
      expand: ['product'],
    })
    expect(price).toMatchObject({ currency: 'eur', unit_amount: null, type: 'one_time' })
    expect(String(price.unit_amount_decimal)).toBe('0.125')
    expect((price.product as Stripe.Product).name).toBe('A grain')
  })

  test('recurring and customer-chosen amounts are stored', async () => {
    const monthly = await bench.stripe.prices.create({
      currency: 'usd',
      unit_amount: 900,
      recurring: { interval: 'month' },
      product_data: { name: 'Plan' },
    })
    expect(monthly).toMatchObject({ type: 'recurring', recurring: { interval: 'month', interval_count: 1 } })
    const donation = await bench.stripe.prices.create({
      currency: 'usd',
      custom_unit_amount: { enabled: true, minimum: 500, preset: 1000 },
      product_data: { name: 'Donation' },
    })
    expect(donation).toMatchObject({
      unit_amount: null,
      custom_unit_amount: { minimum: 500, preset: 1000, maximum: null },
    })
  })

  test('a lookup key belongs to one price, and moves when asked', async () => {
    const create = (more: object) =>
      bench.stripe.prices.create({
        currency: 'usd',
        unit_amount: 100,
        product_data: { name: 'Key' },
        lookup_key: 'only',
        ...more,
      })
    const first = await create({})
    await expect(create({})).rejects.toMatchObject({ param: 'lookup_key' })
    const second = await create({ transfer_lookup_key: true })
    const found = await bench.stripe.prices.list({ lookup_keys: ['only'] })
    expect(found.data.map((price) => price.id)).toEqual([second.id])
    expect((await bench.stripe.prices.retrieve(first.id)).lookup_key).toBeNull()
  })

  test('amounts that a currency does not have are refused', async () => {
    const create = (currency: string, unit_amount: number) =>
      bench.stripe.prices.create({ currency, unit_amount, product_data: { name: 'Odd' } })
    await expect(create('kwd', 1005)).rejects.toMatchObject({ param: 'unit_amount' })
    await expect(create('zzz', 1000)).rejects.toMatchObject({ param: 'currency' })
    await expect(create('kwd', 1000)).resolves.toMatchObject({ unit_amount: 1000 })
    await expect(create('jpy', 1)).resolves.toMatchObject({ unit_amount: 1 })
  })
})

describe('lists', () => {
  test('go from new to old, by cursor in both directions', async () => {
    const ids: string[] = []
    for (let index = 0; index < 5; index += 1) {
      ids.unshift((await bench.stripe.customers.create({ email: `list-${index}@example.com` })).id)
    }
    const first = await bench.stripe.customers.list({ limit: 2 })
    expect(first).toMatchObject({ object: 'list', has_more: true, url: '/v1/customers' })
    expect(first.data.map((each) => each.id)).toEqual(ids.slice(0, 2))
    const next = await bench.stripe.customers.list({ limit: 2, starting_after: ids[1] as string })
    expect(next.data.map((each) => each.id)).toEqual(ids.slice(2, 4))
    const back = await bench.stripe.customers.list({ limit: 2, ending_before: ids[3] as string })
    expect(back.data.map((each) => each.id)).toEqual(ids.slice(1, 3))
    const all: string[] = []
    for await (const customer of bench.stripe.customers.list({ limit: 2 })) all.push(customer.id)
    expect(all).toEqual(ids)
  })

  test('refuse a cursor nobody knows, and a limit over 100', async () => {
    await expect(bench.stripe.customers.list({ starting_after: 'cus_nobody' })).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'starting_after',
    })
    await expect(bench.stripe.customers.list({ limit: 101 })).rejects.toMatchObject({ param: 'limit' })
  })

  test('expand inside data', async () => {
    const price = await bench.stripe.prices.create({
      currency: 'usd',
      unit_amount: 5,
      product_data: { name: 'Inside' },
    })
    const { data } = await bench.stripe.prices.list({
      product: price.product as string,
      expand: ['data.product'],
    })
    expect(data[0]?.product).toMatchObject({ name: 'Inside' })
  })

  test('refuse what cannot be expanded', async () => {
    await expect(bench.stripe.prices.list({ expand: ['data.sand'] })).rejects.toThrow(
      'This property cannot be expanded (data.sand).',
    )
    await expect(bench.stripe.prices.list({ expand: ['product'] })).rejects.toThrow('cannot be expanded')
    await expect(
      bench.stripe.prices.list({ expand: ['data.product.default_price.product.default_price'] }),
    ).rejects.toThrow('more than 4 levels')
  })
})
