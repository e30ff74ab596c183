import { z } from 'zod'
import { amountStep, maximumAmount } from '@/lib/money'

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

/** Input of `createPrice`: a flat amount, once or at an interval (Stripe API, Prices, create). */
export const createPriceInput = z
  .strictObject({
    product: z.string().startsWith('prod_'),
    currency: z.string().regex(/^[a-z]{3}$/, 'A currency is three lower-case letters.'),
    unit_amount: z.int().min(0).max(maximumAmount),
    recurring: z
      .strictObject({
        interval: z.enum(['day', 'week', 'month', 'year']),
        interval_count: z.int().min(1).max(1095).default(1),
      })
      .optional(),
  })
  .refine(({ currency, unit_amount }) => unit_amount % amountStep(currency) === 0, {
    path: ['unit_amount'],
    message: 'The last digits of an amount in this currency must be 0.',
  })
