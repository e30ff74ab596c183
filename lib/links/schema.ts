import { z } from 'zod'
import { slugProblem } from './slug'

const metadata = z
  .record(
    z.string().min(1).max(40, 'A metadata key has at most 40 characters.'),
    z.string().max(500, 'A metadata value has at most 500 characters.'),
  )
  .refine((value) => Object.keys(value).length <= 50, 'There are at most 50 metadata keys.')

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

const lineItem = z
  .strictObject({
    price: z.string().startsWith('price_', 'This is not the id of a price.'),
    quantity: z.int().min(1).max(999_999),
    adjustable_quantity: adjustableQuantity.default({ enabled: false, minimum: 0, maximum: 99 }),
  })
  .refine(
    ({ quantity, adjustable_quantity: { enabled, minimum, maximum } }) =>
      !enabled || (quantity >= minimum && quantity <= maximum),
    { path: ['quantity'], message: 'The quantity must lie between the minimum and the maximum.' },
  )

const afterCompletion = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hosted_confirmation'),
    hosted_confirmation: z
      .strictObject({ custom_message: z.string().max(500).nullable().default(null) })
      .default({ custom_message: null }),
  }),
  z.strictObject({
    type: z.literal('redirect'),
    redirect: z.strictObject({
      url: z
        .url({ protocol: /^https?$/, error: 'This is not a web address.' })
        .max(2048)
        .refine(isSafeTarget, 'Use an https address, without a user name in it.'),
    }),
  }),
])

/** https anywhere; plain http only on this machine, where landing pages are tried out. */
function isSafeTarget(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : null
  if (!url || url.username || url.password) return false
  return url.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
}

const slug = z.string().superRefine((value, context) => {
  const problem = slugProblem(value)
  if (problem) context.addIssue({ code: 'custom', message: problem })
})

const moment = z.int().min(0).max(253_402_300_799, 'This is not a time in seconds.')

/** Stripe's `completed_sessions`; the rest goes beyond Stripe. Times in Unix seconds. */
const restrictions = z
  .strictObject({
    completed_sessions: z.strictObject({ limit: z.int().min(1) }).optional(),
    starts_at: moment.optional(),
    ends_at: moment.optional(),
    inventory: z.record(z.string().startsWith('price_'), z.int().min(0).max(999_999)).optional(),
    per_buyer: z.strictObject({ limit: z.int().min(1).max(999_999) }).optional(),
  })
  .refine(({ starts_at: start, ends_at: end }) => start === undefined || end === undefined || start < end, {
    path: ['ends_at'],
    message: 'The sale cannot end before it begins.',
  })

const fields = {
  slug,
  name: z.string().trim().min(1).max(250).nullable(),
  line_items: z
    .array(lineItem)
    .min(1, 'A link sells at least one item.')
    .max(20, 'A link has at most 20 items.'),
  submit_type: z.enum(['auto', 'pay', 'book', 'donate', 'subscribe']),
  after_completion: afterCompletion,
  restrictions: restrictions.nullable(),
  inactive_message: z.string().trim().max(500).nullable(),
  metadata,
}

/** Input of `createLink`; Stripe's names and limits (Stripe API, Payment Links, create). */
export const createLinkInput = z.strictObject({
  slug: fields.slug.optional(),
  name: fields.name.default(null),
  line_items: fields.line_items,
  submit_type: fields.submit_type.default('auto'),
  after_completion: fields.after_completion.default({
    type: 'hosted_confirmation',
    hosted_confirmation: { custom_message: null },
  }),
  restrictions: fields.restrictions.default(null),
  inactive_message: fields.inactive_message.default(null),
  metadata: fields.metadata.default({}),
  created_via: z.enum(['api', 'dashboard', 'import']).default('dashboard'),
})

/** Input of `updateLink`: what is left out stays as it is. */
export const updateLinkInput = z.strictObject({ active: z.boolean(), ...fields }).partial()

export type CreateLinkInput = z.input<typeof createLinkInput>
export type UpdateLinkInput = z.input<typeof updateLinkInput>
