import { z } from 'zod'
import * as asking from './asking-schema'
import { discounts, lineItems, optionalItems, shippingOptions } from './items-schema'
import { metadata } from './metadata-schema'
import * as paying from './paying-schema'
import { slugProblem } from './slug'
import { optionalText } from './text-schema'

const afterCompletion = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hosted_confirmation'),
    hosted_confirmation: z
      .strictObject({ custom_message: optionalText(500) })
      .default({ custom_message: null }),
  }),
  z.strictObject({
    type: z.literal('redirect'),
    redirect: z.strictObject({
      url: z
        .url({ protocol: /^https?$/, error: 'This is not a web address.' })
        .max(2048)
        .refine(isSafeTarget, 'Use an https address of one host, without a user name in it.'),
    }),
  }),
])

/**
 * https anywhere; plain http only on this machine, where landing pages are tried out. The session id may be filled in
 * anywhere but in the host: every buyer leaves for the same one.
 */
function isSafeTarget(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : null
  if (!url || url.username || url.password || /[{}]/.test(url.host)) return false
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
  inactive_message: optionalText(500).unwrap(),
}

/** What makes a version, as Stripe names and bounds it (Stripe API, Payment Links, create), with its defaults. */
const config = {
  line_items: lineItems,
  optional_items: optionalItems.default([]),
  submit_type: z.enum(['auto', 'pay', 'book', 'donate', 'subscribe']).default('auto'),
  allow_promotion_codes: z.boolean().default(false),
  discounts: discounts.default([]),
  custom_fields: asking.customFields.default([]),
  custom_text: asking.customText.default(asking.customText.parse({})),
  branding_settings: asking.brandingSettings.nullable().default(null),
  billing_address_collection: z.enum(['auto', 'required']).default('auto'),
  shipping_address_collection: asking.shippingAddressCollection.nullable().default(null),
  shipping_options: shippingOptions.default([]),
  phone_number_collection: z.strictObject({ enabled: z.boolean() }).default({ enabled: false }),
  name_collection: asking.nameCollection.default(asking.nameCollection.parse({})),
  tax_id_collection: asking.taxIdCollection.default({ enabled: false, required: 'never' }),
  consent_collection: asking.consentCollection.default({ terms_of_service: 'none', promotions: 'none' }),
  automatic_tax: z.strictObject({ enabled: z.boolean() }).default({ enabled: false }),
  adaptive_pricing: z.strictObject({ enabled: z.boolean() }).default({ enabled: false }),
  payment_method_collection: z.enum(['always', 'if_required']).default('always'),
  allowed_payment_method_types: paying.allowedPaymentMethodTypes.nullable().default(null),
  subscription_data: paying.subscriptionData.default(paying.subscriptionData.parse({})),
  payment_intent_data: paying.paymentIntentData.default(paying.paymentIntentData.parse({})),
  invoice_creation: paying.invoiceCreation.default(paying.invoiceCreation.parse({ enabled: false })),
  customer_creation: z.enum(['always', 'if_required']).default('if_required'),
  saved_payment_method_options: paying.savedPaymentMethodOptions.default({ payment_method_save: 'disabled' }),
  after_completion: afterCompletion.default({
    type: 'hosted_confirmation',
    hosted_confirmation: { custom_message: null },
  }),
  restrictions: restrictions.nullable().default(null),
  metadata: metadata.default({}),
}

/** Input of `createLink`. */
export const createLinkInput = z.strictObject({
  slug: fields.slug.optional(),
  name: fields.name.default(null),
  inactive_message: fields.inactive_message.default(null),
  ...config,
  created_via: z.enum(['api', 'dashboard', 'import']).default('dashboard'),
})

/** Input of `updateLink`: what is left out stays as it is. */
export const updateLinkInput = z
  .strictObject({ active: z.boolean(), ...fields, ...withoutDefaults(config) })
  .partial()

type WithoutDefault<T> = T extends z.ZodDefault<infer Inner> ? Inner : T

/** The same fields, where one that is absent is absent and not its default. */
function withoutDefaults<S extends Record<string, z.ZodType>>(shape: S) {
  const entries = Object.entries(shape).map(([name, type]) => [
    name,
    type instanceof z.ZodDefault ? type.unwrap() : type,
  ])
  return Object.fromEntries(entries) as { [Name in keyof S]: WithoutDefault<S[Name]> }
}

export type CreateLinkInput = z.input<typeof createLinkInput>
export type UpdateLinkInput = z.input<typeof updateLinkInput>
