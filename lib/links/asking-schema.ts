import { z } from 'zod'
import { isShippingCountry } from './countries'
import { optionalText } from './text-schema'

const day = z.iso.date()

const shared = {
  key: z.string().regex(/^[A-Za-z0-9]{1,200}$/, 'A key has letters and digits only, at most 200.'),
  label: z.string().trim().min(1, 'A field needs a label.').max(100),
  optional: z.boolean().default(false),
}

function lengths(longest: number) {
  const bound = z.int().min(0).max(longest).nullable().default(null)
  return { minimum: bound, maximum: bound, default_value: z.string().max(longest).nullable().default(null) }
}

const option = z.strictObject({
  label: z.string().trim().min(1).max(100),
  value: z.string().regex(/^[A-Za-z0-9]{1,100}$/, 'A value has letters and digits only, at most 100.'),
})

/** Stripe's text, numeric and dropdown (Payment Links, custom fields); checkbox, date and long text are ours. */
const customField = z
  .discriminatedUnion('type', [
    z.strictObject({ ...shared, type: z.literal('text'), ...lengths(255) }),
    z.strictObject({ ...shared, type: z.literal('numeric'), ...lengths(255) }),
    z.strictObject({ ...shared, type: z.literal('long_text'), ...lengths(5000) }),
    z.strictObject({
      ...shared,
      type: z.literal('dropdown'),
      options: z.array(option).min(1).max(200),
      default_value: z.string().nullable().default(null),
    }),
    z.strictObject({ ...shared, type: z.literal('checkbox'), default_value: z.boolean().default(false) }),
    z.strictObject({
      ...shared,
      type: z.literal('date'),
      earliest: day.nullable().default(null),
      latest: day.nullable().default(null),
      default_value: day.nullable().default(null),
    }),
  ])
  .superRefine((field, context) => {
    const problem = fieldProblem(field)
    if (problem) context.addIssue({ code: 'custom', path: [problem.at], message: problem.message })
  })

type Field = z.output<typeof customField>

function fieldProblem(field: Field): { at: string; message: string } | null {
  const chosen = field.default_value
  if (field.type === 'checkbox' || field.type === 'dropdown') {
    if (field.type === 'checkbox') return null
    const values = field.options.map(({ value }) => value)
    if (new Set(values).size < values.length)
      return { at: 'options', message: 'Two options have the same value.' }
    if (chosen === null || values.includes(String(chosen))) return null
    return { at: 'default_value', message: 'The default is none of the options.' }
  }
  const [low, high] = field.type === 'date' ? [field.earliest, field.latest] : [field.minimum, field.maximum]
  if (low !== null && high !== null && low > high) {
    return {
      at: field.type === 'date' ? 'latest' : 'maximum',
      message: 'The upper bound lies below the lower.',
    }
  }
  if (field.default_value === null) return null
  if (field.type === 'numeric' && !/^[0-9]*$/.test(field.default_value)) {
    return { at: 'default_value', message: 'The default has to be digits.' }
  }
  const size = field.type === 'date' ? field.default_value : field.default_value.length
  const outside = (low !== null && size < low) || (high !== null && size > high)
  return outside ? { at: 'default_value', message: 'The default lies outside the bounds.' } : null
}

export const customFields = z
  .array(customField)
  .max(30, 'A link has at most 30 fields of its own.')
  .refine(
    (fields) => new Set(fields.map(({ key }) => key)).size === fields.length,
    'Two fields have the same key.',
  )

const words = optionalText(1200)

export const customText = z.strictObject({
  shipping_address: words,
  submit: words,
  after_submit: words,
  terms_of_service_acceptance: words,
})

const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'A colour is written as #rrggbb.')
  .nullable()
  .default(null)

export const brandingSettings = z.strictObject({
  logo: z
    .url({ protocol: /^https$/ })
    .max(2048)
    .nullable()
    .default(null),
  button_color: colour,
  background_color: colour,
  border_style: z.enum(['rounded', 'rectangular', 'pill']).nullable().default(null),
})

export const shippingAddressCollection = z.strictObject({
  allowed_countries: z
    .array(z.string().refine(isShippingCountry, 'Stripe takes no shipping addresses in this country.'))
    .min(1, 'Name at least one country.')
    .refine((codes) => new Set(codes).size === codes.length, 'A country is named twice.'),
})

const collected = z.strictObject({ enabled: z.boolean(), optional: z.boolean().default(false) })
const notCollected = { enabled: false, optional: false }

export const nameCollection = z.strictObject({
  individual: collected.default(notCollected),
  business: collected.default(notCollected),
})

export const taxIdCollection = z.strictObject({
  enabled: z.boolean(),
  required: z.enum(['never', 'if_supported']).default('never'),
})

export const consentCollection = z.strictObject({
  terms_of_service: z.enum(['none', 'required']).default('none'),
  promotions: z.enum(['none', 'auto']).default('none'),
})
