import type { LinkConfig } from '@/db/types'
import { type Coupon, knownCoupon, knownPromotionCode } from '@/lib/catalog/discounts'
import { knownPrice, knownProduct } from '@/lib/catalog/known'
import { knownShippingRate, type ShippingRate } from '@/lib/catalog/shipping'
import { AppError } from '@/lib/errors'
import type { ItemInput } from './inline-prices'

/** The discount and the shipping of a link, as our mirrors have them; its prices are there by then. */
export type Parts = { coupon: Coupon | null; rates: ShippingRate[] }

type Named = Partial<Pick<LinkConfig, 'optional_items' | 'discounts' | 'shipping_options'>> & {
  line_items?: ItemInput[] | undefined
}

/**
 * Reads what a link names of prices, discounts and shipping, from Stripe where our mirror lacks it; call it outside
 * of transactions.
 * @throws AppError `invalid_request` naming the field, `stripe_unavailable`
 */
export async function readParts({
  line_items = [],
  optional_items = [],
  discounts = [],
  shipping_options = [],
}: Named): Promise<Parts> {
  for (const [list, items] of Object.entries({ line_items, optional_items })) {
    for (const [index, { price, price_data: data }] of (items as ItemInput[]).entries()) {
      const at = `${list}[${index}]`
      const product = data?.product
      if (price !== undefined) await named(`${at}[price]`, () => knownPrice(price))
      if (product !== undefined) await named(`${at}[price_data][product]`, () => activeProduct(product))
    }
  }
  const [discount] = discounts
  const rates: ShippingRate[] = []
  for (const [index, { shipping_rate: id }] of shipping_options.entries()) {
    rates.push(await named(`shipping_options[${index}][shipping_rate]`, () => activeRate(id)))
  }
  return { coupon: discount ? await named('discounts[0]', () => couponOf(discount)) : null, rates }
}

async function activeProduct(id: string): Promise<void> {
  const { active } = await knownProduct(id)
  if (!active) throw new AppError('invalid_request', `The product ${id} is archived.`)
}

async function activeRate(id: string): Promise<ShippingRate> {
  const rate = await knownShippingRate(id)
  if (!rate.active) throw new AppError('invalid_request', `The shipping rate ${id} is archived.`)
  return rate
}

async function couponOf(discount: LinkConfig['discounts'][number]): Promise<Coupon> {
  if ('coupon' in discount) return knownCoupon(discount.coupon)
  const code = await knownPromotionCode(discount.promotion_code)
  if (!code.active) throw new AppError('invalid_request', `The promotion code ${code.code} is switched off.`)
  return knownCoupon(code.couponId)
}

/** What Stripe or our mirror does not have is a mistake in this field. */
async function named<T>(param: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code !== 'not_found' && error.code !== 'invalid_request') throw error
    throw new AppError('invalid_request', error.message, { param, cause: error })
  }
}

/**
 * Amounts that come off or on are of the link's currency.
 * @throws AppError `invalid_request` naming the field
 */
export function checkParts({ coupon, rates }: Parts, currency: string): void {
  if (coupon?.currency && coupon.currency !== currency) {
    throw new AppError(
      'invalid_request',
      `This discount is in ${coupon.currency}, the link in ${currency}.`,
      {
        param: 'discounts[0]',
      },
    )
  }
  const other = rates.findIndex((rate) => rate.currency !== currency)
  if (other < 0) return
  throw new AppError('invalid_request', `All shipping rates of this link are in ${currency}.`, {
    param: `shipping_options[${other}][shipping_rate]`,
  })
}
