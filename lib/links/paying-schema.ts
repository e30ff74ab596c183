import { z } from 'zod'
import { metadata } from './metadata-schema'

const descriptor = z
  .string()
  .max(22)
  .regex(/^[^<>\\'"*]*$/, 'A descriptor holds none of < > \\ \' " *.')
  .nullable()
  .default(null)

export const paymentIntentData = z.strictObject({
  description: z.string().trim().max(1000).nullable().default(null),
  statement_descriptor: descriptor,
  statement_descriptor_suffix: descriptor,
  capture_method: z.enum(['automatic', 'automatic_async', 'manual']).default('automatic_async'),
  setup_future_usage: z.enum(['on_session', 'off_session']).nullable().default(null),
  metadata: metadata.default({}),
})

export const subscriptionData = z.strictObject({
  description: z.string().trim().max(500).nullable().default(null),
  trial_period_days: z.int().min(1).max(730).nullable().default(null),
  trial_end: z.enum(['cancel', 'create_invoice', 'pause']).default('create_invoice'),
  metadata: metadata.default({}),
})

const invoiceData = z.strictObject({
  description: z.string().trim().max(1500).nullable().default(null),
  footer: z.string().trim().max(5000).nullable().default(null),
  custom_fields: z
    .array(z.strictObject({ name: z.string().min(1).max(40), value: z.string().min(1).max(140) }))
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
