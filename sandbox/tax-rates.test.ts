import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

const vat = { display_name: 'VAT', percentage: 19, inclusive: false }

/** Sends parameters the SDK's types would not let through. */
const send = (path: string, params: object) =>
  bench.stripe.rawRequest('POST', path, params as Record<string, unknown>)

describe('tax rates', () => {
  test('are made, changed, archived and listed', async () => {
    const made = await bench.stripe.taxRates.create({
      ...vat,
      percentage: 8.8125,
      country: 'DE',
      tax_type: 'vat',
      metadata: { book: '4400' },
    })
    expect(made).toMatchObject({ active: true, percentage: 8.8125, inclusive: false, jurisdiction: null })
    const change = { active: false, description: 'Until June', metadata: { book: '' } }
    const changed = await bench.stripe.taxRates.update(made.id, change)
    expect(changed).toMatchObject({ ...change, metadata: {}, percentage: 8.8125, country: 'DE' })
    const within = await bench.stripe.taxRates.create({ ...vat, inclusive: true })
    const ids = async (filter: object) => (await bench.stripe.taxRates.list(filter)).data.map(({ id }) => id)
    expect(await ids({})).toEqual([within.id, made.id])
    expect(await ids({ active: true })).toEqual([within.id])
    expect(await ids({ inclusive: false })).toEqual([made.id])
    expect(await ids({ created: { gt: made.created + 60 } })).toEqual([])
    const { data } = await bench.stripe.events.list({ type: 'tax_rate.updated' })
    expect(data[0]?.data.previous_attributes).toMatchObject({ active: true, description: null })
  })

  test('of zero and of a hundred percent exist, others outside do not', async () => {
    for (const percentage of [0, 100])
      expect(await bench.stripe.taxRates.create({ ...vat, percentage })).toMatchObject({ percentage })
    for (const percentage of [-1, 100.5, 1.00001]) {
      await expect(bench.stripe.taxRates.create({ ...vat, percentage })).rejects.toMatchObject({
        statusCode: 400,
        param: 'percentage',
      })
    }
  })

  test.each([
    ['/v1/tax_rates', { ...vat, inclusive: undefined }, 'inclusive', 'parameter_missing'],
    ['/v1/tax_rates', { ...vat, tax_type: 'toll' }, 'tax_type', undefined],
    ['/v1/tax_rates', { ...vat, rate: 1 }, 'rate', 'parameter_unknown'],
    ['/v1/tax_rates/txr_1', { percentage: 20 }, 'percentage', 'parameter_unknown'],
    ['/v1/tax_rates/txr_1', { inclusive: true }, 'inclusive', 'parameter_unknown'],
    ['/v1/tax_rates/txr_1', { active: false }, 'tax_rate', 'resource_missing'],
  ])('%s refuses %j', async (path, params, param, code) => {
    const failure = await send(path, params).catch((error: unknown) => error)
    expect(failure).toMatchObject({ type: 'StripeInvalidRequestError', param })
    expect((failure as { code?: string }).code).toBe(code)
  })

  test('are never deleted', async () => {
    const { id } = await bench.stripe.taxRates.create(vat)
    await expect(bench.stripe.rawRequest('DELETE', `/v1/tax_rates/${id}`)).rejects.toMatchObject({
      statusCode: 404,
    })
    await expect(bench.stripe.taxRates.retrieve('txr_none')).rejects.toMatchObject({
      statusCode: 404,
      message: "No such tax rate: 'txr_none'",
    })
  })
})
