import { z } from 'zod'
import { metadata } from './metadata-schema'
import { optionalText } from './text-schema'

const descriptor = optionalText(22, (text) =>
  text.regex(/^[^<>\\'"*]*$/, 'A descriptor holds none of < > \\ \' " *.'),
)

export const paymentIntentData = z.strictObject({
  description: optionalText(1000),
  statement_descriptor: descriptor,
  statement_descriptor_suffix: descriptor,
  capture_method: z.enum(['automatic', 'automatic_async', 'manual']).default('automatic_async'),
  setup_future_usage: z.enum(['on_session', 'off_session']).nullable().default(null),
  metadata: metadata.default({}),
})

export const subscriptionData = z.strictObject({
  description: optionalText(500),
  trial_period_days: z.int().min(1).max(730).nullable().default(null),
  trial_end: z.enum(['cancel', 'create_invoice', 'pause']).default('create_invoice'),
  metadata: metadata.default({}),
})

const invoiceData = z.strictObject({
  description: optionalText(1500),
  footer: optionalText(5000),
  custom_fields: z
    .array(
      z.strictObject({ name: z.string().trim().min(1).max(40), value: z.string().trim().min(1).max(140) }),
    )
    .max(4)
    .default([]),
  metadata: metadata.default({}),
})

export const invoiceCreation = z.strictObject({
  enabled: z.boolean(),
  invoice_data: invoiceData.default(invoiceData.parse({})),
})

export const savedPaymentMethodOptions = z.strictObject({
  payment_method_save: z.enum(['enabled', 'disabled']).default('disabled'),
})

export const allowedPaymentMethodTypes = z
  .array(z.string().regex(/^[a-z_0-9]{1,50}$/))
  .min(1)
  .max(56)
