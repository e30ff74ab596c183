import { z } from 'zod'
import { priceData } from '@/lib/catalog/schema'

const adjustableQuantity = z
  .strictObject({
    enabled: z.boolean(),
    minimum: z.int().min(0).max(999_999).default(0),
    maximum: z.int().min(1).max(999_999).default(99),
  })
  .refine((value) => value.minimum <= value.maximum, {
    path: ['minimum'],
    message: 'The minimum cannot be above the maximum.',
  })

const price = z.string().startsWith('price_', 'This is not the id of a price.')

const quantities = {
  quantity: z.int().min(1).max(999_999),
  adjustable_quantity: adjustableQuantity.default({ enabled: false, minimum: 0, maximum: 99 }),
}

const withinBounds = ({
  quantity,
  adjustable_quantity: { enabled, minimum, maximum },
}: {
  quantity: number
  adjustable_quantity: { enabled: boolean; minimum: number; maximum: number }
}) => !enabled || (quantity >= minimum && quantity <= maximum)
const outside = { path: ['quantity'], message: 'The quantity must lie between the minimum and the maximum.' }

const lineItem = z
  .strictObject({ price: price.optional(), price_data: priceData.optional(), ...quantities })
  .refine((item) => (item.price === undefined) !== (item.price_data === undefined), {
    path: ['price'],
    message: 'An item has a price, or price_data for one.',
  })
  .refine(withinBounds, outside)

const optionalItem = z.strictObject({ price, ...quantities }).refine(withinBounds, outside)

/** Stripe Payment Links: at most 20 items in all, of which at most 10 optional. */
export const lineItems = z
  .array(lineItem)
  .min(1, 'A link sells at least one item.')
  .max(20, 'A link has at most 20 items.')
export const optionalItems = z.array(optionalItem).max(10, 'A link has at most 10 optional items.')

/** One discount, by its coupon or its promotion code. */
export const discounts = z
  .array(
    z.union([
      z.strictObject({ coupon: z.string().min(1).max(255) }),
      z.strictObject({ promotion_code: z.string().startsWith('promo_') }),
    ]),
  )
  .max(1, 'A link has at most one discount of its own.')

/** Stripe Checkout: at most five, the first is preselected. */
export const shippingOptions = z
  .array(z.strictObject({ shipping_rate: z.string().startsWith('shr_') }))
  .max(5, 'A link has at most 5 shipping options.')
