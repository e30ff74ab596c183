import { z } from 'zod'
import { eventTypes } from './types'

const types = new Set<string>(['*', ...eventTypes])

const enabledEvents = z
  .array(z.string().refine((type) => types.has(type), 'This is not a type of event that is sent.'))
  .min(1, 'Choose at least one type of event.')
  .transform((chosen) => (chosen.includes('*') ? ['*'] : [...new Set(chosen)]))

/** A form has only texts; JSON has the real thing. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])

const metadata = z
  .record(
    z.string().min(1).max(40, 'A metadata key has at most 40 characters.'),
    z.string().max(500, 'A metadata value has at most 500 characters.'),
  )
  .or(z.literal('').transform(() => null))

const fields = {
  url: z.string().trim().max(2048, 'The address has at most 2048 characters.'),
  enabled_events: enabledEvents,
  description: z.string().trim().max(5000),
  metadata,
}

/** Input of `createEndpoint`; Stripe's names (Stripe API, Webhook Endpoints, create). */
export const createEndpointInput = z.strictObject({
  url: fields.url,
  enabled_events: fields.enabled_events,
  description: fields.description.default(''),
  metadata: fields.metadata.default({}),
  /** Accepted for code written for Stripe; there is one version. */
  api_version: z.string().optional(),
})

/** Input of `updateEndpoint`: what is left out stays; metadata is merged, and `''` clears. */
export const updateEndpointInput = z.strictObject({ ...fields, disabled: flag }).partial()

const instant = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,12}$/)
      .transform(Number),
    z.iso.datetime({ offset: true }),
  ])
  .transform((value) => new Date(typeof value === 'number' ? value * 1000 : value))

/** Input of `resendRange`: seconds since 1970, or ISO 8601. */
export const resendRangeInput = z
  .strictObject({ from: instant, to: instant, only_failed: flag.default(true) })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'The end lies before the beginning.' })

/** Input of re-sending one event: to one endpoint, or to all that want it. */
export const resendEventInput = z.strictObject({ webhook_endpoint: z.string().min(1).max(100).optional() })

const seconds = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,12}$/)
      .transform(Number),
  ])
  .transform((value) => new Date(value * 1000))

/** Filters of the list of events (Stripe API, Events, list). */
export const eventFilterInput = {
  type: z.string().max(100).optional(),
  types: z.array(z.string().max(100)).max(20).optional(),
  delivery_success: flag.optional(),
  created: z
    .union([
      z.strictObject({ gt: seconds, gte: seconds, lt: seconds, lte: seconds }).partial(),
      seconds.transform((at) => ({ gte: at, lt: new Date(at.getTime() + 1000) })),
    ])
    .optional(),
}

export type CreateEndpointInput = z.input<typeof createEndpointInput>
export type UpdateEndpointInput = z.input<typeof updateEndpointInput>
export type ResendRangeInput = z.input<typeof resendRangeInput>
