'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { createEndpoint, deleteEndpoint, rollSecret, updateEndpoint } from '@/lib/events/endpoints'
import { resendEvent, resendRange } from '@/lib/events/resend'
import { eventTypes } from '@/lib/events/types'
import { action } from '@/lib/http/action'
import { endpointFields, endpointForm } from './endpoint-form'

const keep = endpointFields(eventTypes)
const id = z.string().min(1).max(100)
const page = (endpoint: string, answer = '') =>
  `/dashboard/developers/webhooks/${encodeURIComponent(endpoint)}${answer}` as Route

export const addEndpoint = action({
  schema: endpointForm,
  keep,
  handler: async (input) => {
    const { id: made } = await createEndpoint(input.endpoint)
    redirect(page(made))
  },
})

export const editEndpoint = action({
  schema: endpointForm,
  keep,
  handler: async (input) => {
    await updateEndpoint(input.id, input.endpoint)
    redirect(page(input.id, '?done=saved'))
  },
})

export const switchEndpoint = action({
  schema: z.object({ id, disabled: z.enum(['true', 'false']) }),
  handler: async (input) => {
    await updateEndpoint(input.id, { disabled: input.disabled })
    redirect(page(input.id))
  },
})

export const rollEndpointSecret = action({
  schema: z.object({ id, overlap: z.coerce.number().int().min(0).max(168) }),
  handler: async (input) => {
    await rollSecret(input.id, input.overlap)
    redirect(page(input.id, '?done=rolled'))
  },
})

export const removeEndpoint = action({
  schema: z.object({ id, sure: z.literal('on', 'Tick the box to delete the endpoint.') }),
  handler: async (input) => {
    await deleteEndpoint(input.id)
    redirect('/dashboard/developers/webhooks')
  },
})

/** Times as the page shows them and a browser sends them: without a zone, meant as UTC. */
const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/, 'Enter a day and a time.')
  .transform((text) => `${text.length === 16 ? `${text}:00` : text}Z`)

export const resendTime = action({
  schema: z.object({ id, from: instant, to: instant, all: z.literal('on').optional() }),
  keep: ['from', 'to', 'all'],
  handler: async ({ id: endpoint, from, to, all }) => {
    const count = await resendRange(endpoint, { from, to, only_failed: all !== 'on' })
    redirect(page(endpoint, `?done=resent&count=${count}`))
  },
})

export const resendOne = action({
  schema: z.object({ id, event: id }),
  handler: async (input) => {
    const count = await resendEvent(input.event, input.id)
    redirect(page(input.id, `?done=resent&count=${count}`))
  },
})
