import { z } from 'zod'
import { amountStep, maximumAmount, minimumCharge } from '@/lib/money'

/** Input of `createProduct` (Stripe API, Products, create). */
export const createProductInput = z.strictObject({
  name: z.string().trim().min(1, 'A product needs a name.').max(250),
  description: z.string().trim().min(1).max(40_000).optional(),
  images: z
    .array(z.url({ protocol: /^https$/ }))
    .max(8)
    .default([]),
  metadata: z.record(z.string().max(40), z.string().max(500)).default({}),
  tax_code: z.string().startsWith('txcd_', 'This is not the id of a tax code.').optional(),
  unit_label: z.string().trim().min(1).max(12).optional(),
})

const amount = z.int().min(0).max(maximumAmount)

const currencyCode = z.string().regex(/^[a-z]{3}$/, 'A currency is three lower-case letters.')

/** Stripe: at most three years between two payments. */
const longest = { day: 1095, week: 156, month: 36, year: 3 }

const recurring = z
  .strictObject({
    interval: z.enum(['day', 'week', 'month', 'year']),
    interval_count: z.int().min(1).default(1),
  })
  .refine(({ interval, interval_count: count }) => count <= longest[interval], {
    path: ['interval_count'],
    message: 'An interval has at most three years.',
  })

const taxBehavior = z.enum(['inclusive', 'exclusive', 'unspecified'])

/** Amounts a buyer may choose between (Stripe API, Prices, `custom_unit_amount`). */
const customUnitAmount = z
  .strictObject({
    preset: amount.nullable().default(null),
    minimum: amount.nullable().default(null),
    maximum: amount.nullable().default(null),
  })
  .refine(({ minimum, maximum }) => minimum === null || maximum === null || minimum <= maximum, {
    path: ['maximum'],
    message: 'The maximum lies below the minimum.',
  })
  .refine(
    ({ preset, minimum, maximum }) =>
      preset === null || (preset >= (minimum ?? 0) && preset <= (maximum ?? maximumAmount)),
    { path: ['preset'], message: 'The suggested amount lies outside the bounds.' },
  )

/** Input of `createPrice`: a flat amount, once or at an interval, or one the buyer chooses (Stripe API, Prices, create). */
export const createPriceInput = z
  .strictObject({
    product: z.string().startsWith('prod_'),
    currency: currencyCode,
    unit_amount: amount.optional(),
    custom_unit_amount: customUnitAmount.optional(),
    recurring: recurring.optional(),
    tax_behavior: taxBehavior.optional(),
  })
  .refine(
    ({ unit_amount, custom_unit_amount }) =>
      (unit_amount === undefined) === (custom_unit_amount !== undefined),
    {
      path: ['unit_amount'],
      message: 'A price has an amount, or lets the buyer choose it.',
    },
  )
  .refine(({ custom_unit_amount, recurring }) => !custom_unit_amount || !recurring, {
    path: ['recurring'],
    message: 'An amount the buyer chooses is paid once.',
  })
  .refine(
    ({ currency, unit_amount = 0, custom_unit_amount: custom }) =>
      [unit_amount, custom?.preset, custom?.minimum, custom?.maximum].every(
        (one) => (one ?? 0) % amountStep(currency) === 0,
      ),
    { path: ['unit_amount'], message: 'The last digits of an amount in this currency must be 0.' },
  )
  .refine(
    ({ currency, custom_unit_amount: custom }) =>
      [custom?.minimum, custom?.maximum].every((bound) => (bound ?? Infinity) >= minimumCharge(currency)),
    { path: ['custom_unit_amount'], message: "A bound lies below Stripe's smallest charge." },
  )

/** A price described where it is used, with its product or one described beside it (Stripe API, `price_data`). */
export const priceData = z
  .strictObject({
    currency: currencyCode,
    product: z.string().startsWith('prod_', 'This is not the id of a product.').optional(),
    product_data: createProductInput.optional(),
    unit_amount: amount,
    recurring: recurring.optional(),
    tax_behavior: taxBehavior.optional(),
    custom_unit_amount: z
      .undefined('Stripe takes no such amount here: make a price of its own for an amount the buyer chooses.')
      .optional(),
  })
  .refine(({ product, product_data }) => (product === undefined) !== (product_data === undefined), {
    path: ['product'],
    message: 'Name a product or describe one, not both.',
  })
  .refine(({ currency, unit_amount }) => unit_amount % amountStep(currency) === 0, {
    path: ['unit_amount'],
    message: 'The last digits of an amount in this currency must be 0.',
  })

export type PriceData = z.output<typeof priceData>
