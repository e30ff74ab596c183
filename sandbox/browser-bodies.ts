import { z } from 'zod'
import type { fullAddress } from './api/fields'
import { invalidRequest } from './http/errors'

export type Body = Record<string, unknown>

const address = z.object({
  city: z.string().nullish(),
  country: z.string().nullish(),
  line1: z.string().nullish(),
  line2: z.string().nullish(),
  postal_code: z.string().nullish(),
  state: z.string().nullish(),
})
const namedAddress = z.object({ name: z.string().nullish(), address })

export const updateBody = z.object({
  email: z.string().nullish(),
  phone: z.string().nullish(),
  individual_name: z.string().nullish(),
  business_name: z.string().nullish(),
  billing_address: namedAddress.nullish(),
  shipping_address: namedAddress.nullish(),
  line_item: z.object({ id: z.string(), quantity: z.number().int() }).optional(),
  shipping_option: z.string().optional(),
  /** A currency of the selector. */
  currency: z.string().optional(),
  /** Whether the page lets Stripe convert: `adaptivePricing.allowed`. */
  adaptive_pricing: z.boolean().optional(),
  promotion_code: z.string().nullish(),
  tax_id_info: z
    .object({
      taxId: z.object({ type: z.string(), value: z.string() }),
      businessName: z.string(),
    })
    .nullish(),
})

export const methodBody = z.object({
  key: z.string().nullish(),
  type: z.enum(['bancontact', 'card', 'ideal', 'sepa_debit']),
  card: z
    .object({
      number: z.string().max(30),
      exp_month: z.coerce.number().int(),
      exp_year: z.coerce.number().int(),
      cvc: z.string().max(4).optional(),
    })
    .optional(),
  /** The card comes out of a wallet. */
  wallet: z.enum(['google_pay']).optional(),
  sepa_debit: z.object({ iban: z.string().max(50) }).optional(),
  billing_details: z
    .object({
      name: z.string().nullish(),
      email: z.string().nullish(),
      phone: z.string().nullish(),
      address: address.nullish(),
    })
    .nullish(),
})

export const confirmBody = z.object({
  payment_method: z.string().optional(),
  return_url: z.url({ protocol: /^https?$/ }).optional(),
  expected_amount: z.number().int().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  billing_address: namedAddress.optional(),
  shipping_address: namedAddress.optional(),
  save_payment_method: z.boolean().optional(),
})

export const savedMethodBody = z.object({ payment_method: z.string() })

/** Checks a body Stripe.js sent; throws Stripe's 400 with the property's name. */
export function read<T>(schema: z.ZodType<T>, body: Body): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw invalidRequest(issue?.message ?? 'Invalid request', { param: issue?.path.join('.') ?? '' })
}

/** An address without what was left out or empty. */
export function givenAddress(where: z.output<typeof address> | undefined): Parameters<typeof fullAddress>[0] {
  if (!where) return null
  return Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined && value !== ''))
}
