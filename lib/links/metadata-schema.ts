import { z } from 'zod'

/** Stripe API, Metadata. */
export const metadata = z
  .record(
    z.string().min(1).max(40, 'A metadata key has at most 40 characters.'),
    z.string().max(500, 'A metadata value has at most 500 characters.'),
  )
  .refine((value) => Object.keys(value).length <= 50, 'There are at most 50 metadata keys.')
