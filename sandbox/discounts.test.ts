import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PageState } from './browser-api'
import { apportion, percentOf } from './payments/coupon-amount'
import { type Bench, lineOf, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

async function type(session: Stripe.Checkout.Session, code: string | null) {
  const { body } = await bench.post(`/_js/checkout_sessions/${session.id}/update`, {
    client_secret: session.client_secret,
    key: 'pk_test_1',
    promotion_code: code,
  })
  return { state: body as unknown as PageState, code: body.error?.code }
}

async function promotion(
  coupon: Stripe.CouponCreateParams,
  more: Partial<Stripe.PromotionCodeCreateParams> = {},
) {
  const made = await bench.stripe.coupons.create(coupon)
  return bench.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: made.id }, ...more })
}

const open = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  bench.session({ allow_promotion_codes: true, ...more })

describe('coupons', () => {
  test('are kept as they were made; only name and metadata change', async () => {
    const made = await bench.stripe.coupons.create({
      id: 'SPRING',
      percent_off: 12.5,
      duration: 'repeating',
      duration_in_months: 3,
      metadata: { a: '1' },
    })
    expect(made).toMatchObject({ id: 'SPRING', percent_off: 12.5, amount_off: null, valid: true })
    const named = await bench.stripe.coupons.update('SPRING', { name: 'Spring', metadata: { b: '2' } })
    expect(named).toMatchObject({ name: 'Spring', metadata: { a: '1', b: '2' }, duration_in_months: 3 })
    expect(await bench.stripe.coupons.del('SPRING')).toMatchObject({ deleted: true })
    await expect(bench.stripe.coupons.retrieve('SPRING')).rejects.toMatchObject({ code: 'resource_missing' })
  })

  test.each([
    [{}, 'percent_off'],
    [{ percent_off: 10, amount_off: 100, currency: 'eur' }, 'percent_off'],
    [{ percent_off: 0 }, 'percent_off'],
    [{ percent_off: 101 }, 'percent_off'],
    [{ amount_off: 100 }, 'currency'],
    [{ amount_off: 5, currency: 'kwd' }, 'amount_off'],
    [{ percent_off: 10, duration: 'repeating' }, 'duration_in_months'],
    [{ percent_off: 10, redeem_by: 1000 }, 'redeem_by'],
    [{ percent_off: 10, applies_to: { products: ['prod_none'] } }, 'applies_to[products][0]'],
  ] as [Stripe.CouponCreateParams, string][])('%j is refused', async (params, param) => {
    await expect(bench.stripe.coupons.create(params)).rejects.toMatchObject({ statusCode: 400, param })
  })

  test('what they apply to is shown to who asks', async () => {
    const { id: product } = await bench.stripe.products.create({ name: 'P' })
    const { id } = await bench.stripe.coupons.create({ percent_off: 5, applies_to: { products: [product] } })
    expect((await bench.stripe.coupons.retrieve(id)).applies_to).toBeUndefined()
    const asked = await bench.stripe.coupons.retrieve(id, { expand: ['applies_to'] })
    expect(asked.applies_to).toEqual({ products: [product] })
  })
})

describe('promotion codes', () => {
  test('are one among the active ones, however they are capitalised', async () => {
    const made = await promotion({ percent_off: 20 }, { code: 'Once-20' })
    expect(made).toMatchObject({ active: true, code: 'Once-20', promotion: { type: 'coupon' } })
    await expect(promotion({ percent_off: 5 }, { code: 'ONCE-20' })).rejects.toMatchObject({ param: 'code' })
    await expect(promotion({ percent_off: 5 }, { code: 'ONE_20' })).rejects.toMatchObject({ param: 'code' })
    const { data } = await bench.stripe.promotionCodes.list({ code: 'once-20', active: true })
    expect(data.map(({ id }) => id)).toEqual([made.id])
    await bench.stripe.promotionCodes.update(made.id, { active: false })
    const next = await promotion({ percent_off: 5 }, { code: 'ONCE-20' })
    const again = bench.stripe.promotionCodes.update(made.id, { active: true })
    await expect(again).rejects.toMatchObject({ param: 'code' })
    const shown = await bench.stripe.promotionCodes.retrieve(next.id, { expand: ['promotion.coupon'] })
    expect(shown.promotion.coupon).toMatchObject({ percent_off: 5 })
  })

  test('end with their time and with their coupon', async () => {
    const own = await startBench()
    const { stripe } = own
    const soon = Math.floor(Date.now() / 1000) + 600
    const coupon = await stripe.coupons.create({ percent_off: 5, redeem_by: soon + 600 })
    const make = (expires_at?: number) =>
      stripe.promotionCodes.create({
        promotion: { type: 'coupon', coupon: coupon.id },
        ...(expires_at ? { expires_at } : {}),
      })
    const [brief, long] = [await make(soon), await make()]
    await expect(make(soon + 601)).rejects.toMatchObject({ param: 'expires_at' })
    await own.post('/_sandbox/clock', { advance: 700 })
    expect(await stripe.promotionCodes.retrieve(brief.id)).toMatchObject({ active: false })
    expect(await stripe.promotionCodes.retrieve(long.id)).toMatchObject({ active: true })
    await own.post('/_sandbox/clock', { advance: 700 })
    expect(await stripe.promotionCodes.retrieve(long.id)).toMatchObject({ active: false })
    expect(await stripe.coupons.retrieve(coupon.id)).toMatchObject({ valid: false })
    await own.close()
  })
})

describe('a discount', () => {
  // Mutants: rounding each line by itself (998), rounding the whole down, or taking a cent twice.
  test('is shared among the lines to the cent', () => {
    expect(percentOf(999, 33.33, 'eur')).toBe(333)
    expect(percentOf(5, 50, 'eur')).toBe(3)
    expect(percentOf(12_350, 10, 'kwd')).toBe(1240)
    expect(percentOf(99_999_999, 99.9999, 'usd')).toBe(99_999_899)
    expect(apportion(100, [333, 333, 334])).toEqual([33, 33, 34])
    expect(apportion(2, [1, 1, 1])).toEqual([1, 1, 0])
    expect(apportion(5, [0, 0])).toEqual([0, 0])
  })

  test('comes with the session, and not together with the box', async () => {
    const { id: coupon } = await bench.stripe.coupons.create({
      amount_off: 500,
      currency: 'eur',
      name: 'Five',
    })
    const session = await bench.session({
      line_items: [lineOf(1000), lineOf(2000)],
      discounts: [{ coupon }],
      expand: ['line_items.data.discounts', 'total_details.breakdown', 'discounts.coupon'],
    })
    expect(session).toMatchObject({ amount_subtotal: 3000, amount_total: 2500 })
    expect(session.total_details).toMatchObject({ amount_discount: 500 })
    expect(session.total_details?.breakdown?.discounts[0]?.discount.source).toEqual({
      type: 'coupon',
      coupon,
    })
    expect(session.line_items?.data.map((line) => line.amount_discount)).toEqual([167, 333])
    expect(session.line_items?.data[1]?.discounts?.[0]?.amount).toBe(333)
    expect(session.discounts?.[0]?.coupon).toMatchObject({ name: 'Five' })
    expect(
      (await bench.stripe.checkout.sessions.retrieve(session.id)).total_details?.breakdown,
    ).toBeUndefined()
    await expect(open({ discounts: [{ coupon }] })).rejects.toMatchObject({
      message: 'You may only specify one of these parameters: allow_promotion_codes, discounts.',
    })
    const usd = bench.session({ line_items: [lineOf(1000, 'usd')], discounts: [{ coupon }] })
    await expect(usd).rejects.toMatchObject({ statusCode: 400 })
  })

  test('is typed, replaced, and taken away again', async () => {
    await promotion({ percent_off: 25, name: 'A quarter' }, { code: 'QUARTER' })
    await promotion({ amount_off: 5000, currency: 'eur' }, { code: 'ALLOFIT' })
    const session = await open()
    const quarter = await type(session, ' quarter ')
    expect(quarter.state.session).toMatchObject({
      amount_total: 900,
      total_details: { amount_discount: 300 },
    })
    expect((await type(session, 'nothing')).code).toBe('promotion_code_invalid')
    expect((await type(session, 'allofit')).state.session).toMatchObject({ amount_total: 0 })
    expect((await type(session, null)).state.session).toMatchObject({ amount_total: 1200, discounts: [] })
    expect((await type(await bench.session(), 'QUARTER')).code).toBe('promotion_code_invalid')
  })

  test('applies to its products only, and stays with the lines it needs', async () => {
    const [one, other] = [
      await bench.stripe.products.create({ name: 'One' }),
      await bench.stripe.products.create({ name: 'Other' }),
    ]
    const line = (product: string) => ({
      quantity: 1,
      price_data: { currency: 'eur', unit_amount: 1000, product },
    })
    await promotion({ percent_off: 10, applies_to: { products: [one.id] } }, { code: 'ONLYONE' })
    const session = await open({ line_items: [line(one.id), line(other.id)] })
    expect((await type(session, 'ONLYONE')).state.session.amount_total).toBe(1900)
    const lines = await bench.stripe.checkout.sessions.listLineItems(session.id)
    const keep = bench.stripe.checkout.sessions.update(session.id, {
      line_items: [{ id: lines.data[1]?.id ?? '' }],
    })
    await expect(keep).rejects.toMatchObject({ code: 'coupon_applies_to_nothing' })
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(1900)
  })

  test('keeps to its minimum, its customer and first purchases', async () => {
    const restrictions = { minimum_amount: 1201, minimum_amount_currency: 'eur' }
    await promotion({ percent_off: 10 }, { code: 'BIG', restrictions })
    expect((await type(await open(), 'BIG')).code).toBe('promotion_code_amount_insufficient')
    const customer = (await bench.stripe.customers.create({ email: 'a@example.com' })).id
    await promotion({ percent_off: 10 }, { code: 'MINE', customer })
    expect((await type(await open(), 'MINE')).code).toBe('promotion_code_invalid')
    expect((await type(await open({ customer }), 'MINE')).state.session.amount_total).toBe(1080)
    await promotion({ percent_off: 10 }, { code: 'FIRST', restrictions: { first_time_transaction: true } })
    expect((await type(await open(), 'FIRST')).code).toBe('promotion_code_invalid')
    expect((await type(await open({ customer }), 'FIRST')).code).toBeUndefined()
    await bench.pay((await open({ customer })).id)
    expect((await type(await open({ customer }), 'FIRST')).code).toBe('promotion_code_invalid')
  })

  // Mutant: counting at application, which a buyer who leaves would use up.
  test('is counted once the session completes, and gone after the last', async () => {
    const code = await promotion({ percent_off: 50, max_redemptions: 1 }, { code: 'LASTONE' })
    const [first, second] = [await open(), await open()]
    for (const session of [first, second]) expect((await type(session, 'LASTONE')).code).toBeUndefined()
    expect(await bench.stripe.promotionCodes.retrieve(code.id)).toMatchObject({ times_redeemed: 0 })
    expect((await bench.pay(first.id)).status).toBe(200)
    const after = await bench.stripe.promotionCodes.retrieve(code.id, { expand: ['promotion.coupon'] })
    expect(after).toMatchObject({ times_redeemed: 1, active: false, promotion: { coupon: { valid: false } } })
    const late = await bench.pay(second.id)
    expect(late).toMatchObject({ status: 400, body: { error: { code: 'promotion_code_invalid' } } })
    const paid = await bench.stripe.checkout.sessions.retrieve(first.id, { expand: ['payment_intent'] })
    expect(paid.payment_intent).toMatchObject({ amount: 600, amount_received: 600 })
    const reactivate = bench.stripe.promotionCodes.update(code.id, { active: true })
    await expect(reactivate).rejects.toMatchObject({ param: 'active' })
  })

  // Mutant: the intent of the declined try stays with the session, which then says `unpaid`.
  test('of everything needs no payment, even after a decline', async () => {
    await promotion({ percent_off: 100 }, { code: 'GIFT' })
    const session = await open({ payment_intent_data: { metadata: { order: '1' } } })
    expect((await bench.pay(session.id, { number: '4000000000000002' })).status).toBe(402)
    const tried = (await bench.stripe.checkout.sessions.retrieve(session.id)).payment_intent as string
    expect((await type(session, 'GIFT')).state.session.amount_total).toBe(0)
    expect((await bench.pay(session.id)).status).toBe(200)
    expect(await bench.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      payment_intent: null,
      customer: expect.stringMatching(/^cus_/),
    })
    expect(await bench.stripe.paymentIntents.retrieve(tried)).toMatchObject({ status: 'canceled' })
    const { data } = await bench.stripe.events.list({ type: 'checkout.session.completed', limit: 1 })
    expect(data[0]?.data.object).toMatchObject({ payment_status: 'no_payment_required' })
  })

  // Mutant: the old attempt goes on, and 12.00 is paid for a total of 9.00.
  test('that comes while the bank asks ends that payment', async () => {
    const session = await open()
    const asked = await bench.pay(session.id, { number: '4000002760003184', action: 'leave' })
    const intent = (asked.body as unknown as PageState).session.payment_intent as string
    await type(session, 'QUARTER')
    const late = await bench.post(`/_js/authenticate/${intent}`, {
      key: 'pk_test_1',
      client_secret: session.client_secret,
      outcome: 'complete',
    })
    expect(late).toMatchObject({ status: 400, body: { error: { code: 'payment_intent_unexpected_state' } } })
    await bench.pay(session.id)
    expect(await bench.stripe.paymentIntents.retrieve(intent)).toMatchObject({ amount_received: 900 })
  })
})
