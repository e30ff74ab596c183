import type { StripeUseCheckoutElementsResult } from '@stripe/react-stripe-js/checkout'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { openShop, type Shop, typeCard, type Visitor } from './testing/shop'

type Checkout = Extract<StripeUseCheckoutElementsResult, { type: 'success' }>['checkout']
type PageWindow = { checkout: Checkout }

let shop: Shop
let visitor: Visitor

beforeAll(async () => {
  shop = await openShop()
  const { id: coupon } = await shop.stripe.coupons.create({ percent_off: 20, name: 'Spring' })
  const code = (code: string, minimum?: number) =>
    shop.stripe.promotionCodes.create({
      code,
      promotion: { type: 'coupon', coupon },
      ...(minimum ? { restrictions: { minimum_amount: minimum, minimum_amount_currency: 'eur' } } : {}),
    })
  await code('SPRING')
  await code('BIG', 5000)
}, 60_000)
afterAll(() => shop?.close())
afterEach(async () => {
  expect(await visitor.leave()).toEqual([])
})

it('codes, shipping, address and tax change the total the page shows', async () => {
  const option = (display_name: string, amount: number) => ({
    shipping_rate_data: {
      display_name,
      fixed_amount: { amount, currency: 'eur' },
      delivery_estimate: { maximum: { unit: 'day' as const, value: 3 } },
    },
  })
  visitor = await shop.visit({
    session: {
      allow_promotion_codes: true,
      automatic_tax: { enabled: true },
      shipping_options: [option('Parcel', 500), option('Express', 1500)],
    },
  })
  await visitor.payment.getByLabel('Card number').waitFor()
  const seen = await visitor.page.evaluate(async () => {
    const { checkout } = window as unknown as PageWindow
    const code = async (typed: string) => {
      const result = await checkout.applyPromotionCode(typed)
      return result.type === 'error' ? result.error.code : result.session.total.discount.amount
    }
    const codes = [await code('nothing'), await code('big'), await code('spring')]
    const [parcel, express] = checkout.shippingOptions
    const shipped = await checkout.updateShippingOption(express?.id ?? '')
    const waiting = checkout.tax.status
    const taxed = await checkout.updateBillingAddress({ address: { country: 'DE', line1: 'Weg 1' } })
    const removed = await checkout.removePromotionCode()
    if (shipped.type === 'error' || taxed.type === 'error' || removed.type === 'error') return null
    return {
      codes,
      waiting,
      parcel: [parcel?.displayName, parcel?.amount, parcel?.deliveryEstimate?.maximum?.value],
      discount: shipped.session.discountAmounts,
      shipping: shipped.session.shipping?.shippingOption.displayName,
      totals: [shipped, taxed, removed].map(({ session }) => session.total.total.amount),
      tax: taxed.session.taxAmounts?.map(({ displayName, amount }) => `${displayName} ${amount}`),
      after: removed.session.discountAmounts,
    }
  })
  expect(seen).toEqual({
    codes: ['invalidCode', 'promotionCodeAmountInsufficient', '€2.50'],
    waiting: 'requires_billing_address',
    parcel: ['Parcel', '€5.00', 3],
    discount: [
      {
        minorUnitsAmount: 250,
        amount: '€2.50',
        displayName: 'Spring',
        promotionCode: 'SPRING',
        percentOff: 20,
        recurring: null,
      },
    ],
    shipping: 'Express',
    totals: ['€25.00', '€30.00', '€33.00'],
    tax: ['VAT €5.00'],
    after: null,
  })
})

it('a session waits for every name, number and tax it asks for', async () => {
  visitor = await shop.visit({
    query: { email: 'jenny@example.com' },
    session: {
      name_collection: { individual: { enabled: true }, business: { enabled: true, optional: true } },
      phone_number_collection: { enabled: true },
      tax_id_collection: { enabled: true },
      automatic_tax: { enabled: true },
    },
  })
  await typeCard(visitor.payment, '4242424242424242')
  const steps = await visitor.page.evaluate(async () => {
    const { checkout } = window as unknown as PageWindow
    const ready: boolean[] = []
    const note = (result: { type: string; session?: { canConfirm: boolean } }) =>
      ready.push(result.session?.canConfirm ?? false)
    note(await checkout.updatePhoneNumber('+4930123456'))
    note(await checkout.updateIndividualName('Jenny Rosen'))
    const wrong = await checkout.updateTaxIdInfo({
      taxId: { type: 'eu_vat', value: 'DE1' },
      businessName: 'Rosen',
    })
    const right = await checkout.updateTaxIdInfo({
      taxId: { type: 'eu_vat', value: 'DE123456789' },
      businessName: 'Rosen',
    })
    note(right)
    note(await checkout.updateBillingAddress({ address: { country: 'DE', line1: 'Weg 1' } }))
    return {
      ready,
      wrong: wrong.type === 'error' && wrong.error.code,
      names: right.type === 'success' && right.session.nameCollection,
    }
  })
  expect(steps).toEqual({
    ready: [false, false, false, true],
    wrong: 'invalidTaxId',
    names: { individualName: 'Jenny Rosen', businessName: 'Rosen' },
  })
  await visitor.pay()
  await visitor.returns()
  const paid = await visitor.session()
  expect(paid).toMatchObject({
    amount_total: 1500,
    payment_status: 'paid',
    customer_details: { phone: '+4930123456', tax_ids: [{ type: 'eu_vat', value: 'DE123456789' }] },
  })
})
