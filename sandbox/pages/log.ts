import type { Delivery, Kind } from '../state/records'
import type { World } from '../world'
import { type Html, html } from './html'
import { action, empty, mark, moment, objectLink } from './layout'
import { rows } from './payments'

export function eventsPage(world: World): Html {
  const events = world.store.list('event')
  if (events.length === 0) return empty('No events yet', 'Everything that happens here is told as an event.')
  const list = events.slice(0, rows).map((event) => {
    const object = event.data.object as { id?: string }
    const pending = event.pending_webhooks
    return html`<tr><td>${objectLink(event.id, event.type)}</td>
<td class="right">${pending > 0 ? mark(`${pending} undelivered`, 'wait') : mark('delivered', 'ok')}</td>
<td class="wide">${object.id && objectLink(object.id)}</td><td>${moment(event.created)}</td>
<td class="wide"><div class="do">${action('Send again', `resend/${event.id}`, '/events')}</div></td></tr>`
  })
  return html`<table><thead><tr><th>Event</th><th>Webhooks</th><th>Object</th><th>Made</th><th></th></tr></thead><tbody>${list}</tbody></table>`
}

function answersOf({ attempts }: Delivery): string {
  if (attempts.length === 0) return 'not tried yet'
  return attempts
    .slice(-8)
    .map((attempt) => attempt.status ?? attempt.error ?? 'no answer')
    .join(', ')
}

const tones = { succeeded: 'ok', pending: 'wait', held: 'wait', failed: 'bad', dropped: 'bad' } as const

export function deliveriesPage(world: World): Html {
  const deliveries = world.store.list('delivery')
  if (deliveries.length === 0) {
    return empty(
      'No deliveries yet',
      'Register an endpoint with POST /v1/webhook_endpoints, or start with SANDBOX_WEBHOOKS.',
    )
  }
  const list = deliveries.slice(0, rows).map((delivery) => {
    const event = world.store.get('event', delivery.event)
    const url = world.store.get('webhook_endpoint', delivery.endpoint)?.url ?? 'a deleted endpoint'
    const isWaiting = delivery.state === 'pending' && delivery.attempts.length > 0
    return html`<tr><td>${objectLink(delivery.event, event?.type ?? delivery.event)}</td>
<td class="right">${mark(delivery.state, tones[delivery.state])}</td>
<td class="wide">${url}<div class="sub">${answersOf(delivery)}${isWaiting && html` · next ${moment(delivery.next_at / 1000)}`}</div></td>
<td>${moment((delivery.attempts.at(-1)?.at ?? delivery.next_at) / 1000)}</td>
<td class="wide"><div class="do">${action('Send again', `resend/${delivery.event}`, '/deliveries')}</div></td></tr>`
  })
  return html`<table><thead><tr><th>Event</th><th>State</th><th>Endpoint and answers</th><th>Last</th><th></th></tr></thead><tbody>${list}</tbody></table>`
}

export function callsPage(world: World, only: string | null): Html {
  const calls = world.store.list('call').filter((call) => only === null || call.id === only)
  if (calls.length === 0)
    return empty('No calls', 'Calls to /v1 are listed here with their keys and answers.')
  const list = calls.slice(0, rows).map((call) => {
    const tone = call.status && call.status < 300 ? 'ok' : 'bad'
    const extra = [call.replayed && 'replayed', call.fault && `fault: ${call.fault}`]
      .filter(Boolean)
      .join(' · ')
    return html`<tr><td>${call.method} ${call.path}<div class="sub">${extra}</div></td>
<td class="right">${mark(call.status ? String(call.status) : 'no answer', tone)}</td>
<td class="wide">${objectLink(call.id)}${call.idempotency_key && html`<div class="sub id">${call.idempotency_key}</div>`}</td>
<td>${moment(call.at / 1000)}</td></tr>`
  })
  return html`<table><thead><tr><th>Call</th><th>Answer</th><th>Request and key</th><th>At</th></tr></thead><tbody>${list}</tbody></table>`
}

const findable: readonly Kind[] = [
  'payment_intent',
  'session',
  'charge',
  'event',
  'call',
  'refund',
  'dispute',
  'product',
  'price',
  'customer',
  'payment_method',
  'subscription',
  'webhook_endpoint',
]

/** Any object by its id as JSON, with the events that tell of it; null when there is none. */
export function objectPage(world: World, id: string): Html | null {
  const kind = findable.find((each) => world.store.get(each, id) !== undefined)
  if (!kind) return null
  const events = world.store.list('event').filter((event) => (event.data.object as { id?: string }).id === id)
  const told = events.map(
    (event) =>
      html`<tr><td>${objectLink(event.id, event.type)}</td><td class="right">${moment(event.created)}</td></tr>`,
  )
  return html`${events.length > 0 && html`<h2>What was told of it</h2><table><tbody>${told}</tbody></table>`}
<h2>${kind.replaceAll('_', ' ')}</h2><pre tabindex="0">${JSON.stringify(world.store.get(kind, id), null, 2)}</pre>`
}
