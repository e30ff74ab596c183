import { stripeApiVersion } from '@/lib/stripe/client'
import type { Endpoint } from './endpoints'

type Told = {
  id: string
  type: string
  livemode: boolean
  data: Record<string, unknown>
  /** Seconds since 1970. */
  created: number
  /** Endpoints that have not got it yet. */
  pending: number
}

/** An event as it is sent and as the API gives it out: Stripe's event object. */
export function eventResource(event: Told) {
  return {
    id: event.id,
    object: 'event',
    api_version: stripeApiVersion,
    created: event.created,
    data: event.data,
    livemode: event.livemode,
    pending_webhooks: event.pending,
    request: { id: null, idempotency_key: null },
    type: event.type,
  }
}

/** An endpoint as the API gives it out: Stripe's webhook endpoint. The secret comes with the creation only. */
export function endpointResource(endpoint: Endpoint) {
  return {
    id: endpoint.id,
    object: 'webhook_endpoint',
    api_version: stripeApiVersion,
    application: null,
    created: Math.floor(endpoint.createdAt.getTime() / 1000),
    description: endpoint.description,
    enabled_events: endpoint.enabledEvents,
    livemode: endpoint.livemode,
    metadata: endpoint.metadata,
    status: endpoint.status,
    url: endpoint.url,
  }
}
