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
})

const amount = z.int().min(0).max(maximumAmount)

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
    currency: z.string().regex(/^[a-z]{3}$/, 'A currency is three lower-case letters.'),
    unit_amount: amount.optional(),
    custom_unit_amount: customUnitAmount.optional(),
    recurring: z
      .strictObject({
        interval: z.enum(['day', 'week', 'month', 'year']),
        interval_count: z.int().min(1).max(1095).default(1),
      })
      .optional(),
    tax_behavior: z.enum(['inclusive', 'exclusive', 'unspecified']).optional(),
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
