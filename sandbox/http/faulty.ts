import type { Fault } from '../state/records'
import type { Outgoing } from './request'

/** An answer, or what happens to the connection instead of one. */
export type Reply = Outgoing & { transport?: 'reset' | 'hang' | 'cut' | 'refused'; seconds?: number }

const messages: Record<string, { type: string; code?: string; message: string }> = {
  '409': {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message:
      'There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through). Please try again later.',
  },
  '429': {
    type: 'invalid_request_error',
    code: 'rate_limit',
    message:
      'Request rate limit exceeded. Learn more about rate limits here https://docs.stripe.com/rate-limits.',
  },
  '503': { type: 'api_error', message: 'Stripe is temporarily unavailable. Please try again.' },
}

const page = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>'

function without(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, names))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([name]) => !names.includes(name))
  return Object.fromEntries(entries.map(([name, inner]) => [name, without(inner, names)]))
}

/** Turns an answer into what a fault makes of it; the effect, if any, has happened already. */
export async function faultyReply(fault: Fault, reply: Outgoing): Promise<Reply> {
  const retry: Record<string, string> =
    fault.should_retry === null ? {} : { 'stripe-should-retry': String(fault.should_retry) }
  switch (fault.kind) {
    case '409':
    case '429':
    case '503': {
      const body = `${JSON.stringify({ error: messages[fault.kind] }, null, 2)}\n`
      return { status: Number(fault.kind), body, headers: { ...reply.headers, ...retry } }
    }
    case '500':
      return { ...reply, headers: { ...reply.headers, ...retry } }
    case 'html':
      return { status: 502, body: page, headers: { 'content-type': 'text/html' } }
    case 'malformed': {
      const body = JSON.stringify(without(JSON.parse(String(reply.body)), fault.omit), null, 2)
      return { ...reply, body: `${body}\n` }
    }
    case 'slow':
      if (fault.position === 'after')
        await new Promise((resolve) => setTimeout(resolve, fault.seconds * 1000))
      return reply
    case 'cut':
      return {
        ...reply,
        body: reply.body || '{"object": "list", "data": [',
        status: reply.status || 200,
        transport: 'cut',
      }
    case 'hang':
      return { ...reply, transport: 'hang' }
    case 'refused':
      return { ...reply, transport: 'refused', seconds: fault.seconds }
    default:
      return { ...reply, transport: 'reset' }
  }
}
