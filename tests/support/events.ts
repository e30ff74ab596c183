import type Stripe from 'stripe'
import type { StackClient } from './stack'

type SignOptions = { secret?: string; timestamp?: number }

/** Sends a body to the application's webhook as Stripe would, signed unless told otherwise. */
export function deliver(stack: StackClient, payload: string, options: SignOptions = {}): Promise<Response> {
  const signature = stack.sandbox.stripe.webhooks.generateTestHeaderString({
    payload,
    secret: options.secret ?? stack.webhookSecret,
    timestamp: options.timestamp ?? Math.floor(Date.now() / 1000),
  } as Stripe.WebhookTestHeaderOptions)
  return deliverRaw(stack, payload, { 'stripe-signature': signature })
}

export function deliverRaw(
  stack: StackClient,
  payload: string,
  headers: Record<string, string>,
): Promise<Response> {
  return fetch(`${stack.baseUrl}/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: payload,
  })
}

/** Stripe's own event of a session, as it would be sent. */
export async function eventOf(stack: StackClient, session: string, type: string): Promise<string> {
  const events = await stack.sandbox.stripe.events.list({ type, limit: 100 })
  const event = events.data.find(({ data }) => (data.object as { id?: string }).id === session)
  if (!event) throw new Error(`the sandbox has no ${type} of ${session}`)
  return JSON.stringify(event)
}
