import { formatAmount } from '../payments/currencies'
import type { Records } from '../state/records'
import type { World } from '../world'
import { type Html, html } from './html'
import { action, empty, mark, moment, objectLink } from './layout'

type Intent = Records['payment_intent']
type Charge = Records['charge']

export const rows = 50

function toneOf(status: string): 'ok' | 'wait' | 'bad' | 'plain' {
  if (status === 'succeeded') return 'ok'
  if (status === 'processing' || status === 'requires_action' || status === 'requires_capture') return 'wait'
  return status === 'requires_payment_method' ? 'bad' : 'plain'
}

function methodOf(charge: Charge | undefined): string {
  const details = charge?.payment_method_details
  if (details?.card) return `${details.card.brand} ···· ${details.card.last4}`
  if (details?.sepa_debit) return `SEPA debit ···· ${details.sepa_debit.last4}`
  if (details?.bancontact) return 'Bancontact'
  return details?.ideal ? 'iDEAL' : ''
}

function stateOf(intent: Intent, charge: Charge | undefined): Html {
  if (charge?.disputed) return mark('disputed', 'bad')
  if (charge?.refunded) return mark('refunded')
  if ((charge?.amount_refunded ?? 0) > 0) return mark('partly refunded')
  const failed = intent.status === 'requires_payment_method' && intent.last_payment_error
  return mark(failed ? 'failed' : intent.status, toneOf(intent.status))
}

function actionsOf(intent: Intent, charge: Charge | undefined): Html[] {
  if (intent.status === 'processing') {
    return [
      action('Succeed', `settle/${intent.id}`, '/', { outcome: 'succeed' }),
      action('Fail', `settle/${intent.id}`, '/', { outcome: 'fail' }),
    ]
  }
  if (intent.status !== 'succeeded' || !charge || charge.disputed || charge.refunded) return []
  return [action('Refund', `refund/${intent.id}`, '/'), action('Dispute', `dispute/${intent.id}`, '/')]
}

function itemsOf(world: World, session: string): string {
  const { line_items: lines } = world.store.need('session_state', session)
  return lines.map((line) => `${line.quantity} × ${line.description}`).join(', ')
}

function row(world: World, intent: Intent): Html {
  const charge =
    typeof intent.latest_charge === 'string' ? world.store.get('charge', intent.latest_charge) : undefined
  const { session } = world.store.need('payment_intent_state', intent.id)
  const email = session
    ? world.store.need('session', session).customer_details?.email
    : charge?.billing_details.email
  const reason = intent.last_payment_error?.message
  const paidWith = [methodOf(charge), reason].filter(Boolean).join(' · ')
  return html`<tr><td class="amount">${objectLink(intent.id, formatAmount(intent.amount, intent.currency))}</td>
<td class="right">${stateOf(intent, charge)}</td>
<td class="wide">${email}<div class="sub">${paidWith}</div></td>
<td class="wide">${session ? itemsOf(world, session) : intent.description}<div class="sub">${session && objectLink(session, 'session')}</div></td>
<td>${moment(intent.created)}</td><td class="wide"><div class="do">${actionsOf(intent, charge)}</div></td></tr>`
}

export function paymentsPage(world: World): Html {
  const intents = world.store.list('payment_intent')
  if (intents.length === 0) {
    return empty(
      'No payments yet',
      'Open a payment link and pay with 4242 4242 4242 4242, any date to come and any CVC.',
    )
  }
  return html`<table><thead><tr><th>Amount</th><th>State</th><th>Buyer</th><th>Items</th><th>Made</th><th></th></tr></thead>
<tbody>${intents.slice(0, rows).map((intent) => row(world, intent))}</tbody></table>`
}

function sessionRow(world: World, session: Records['session']): Html {
  const tone = session.status === 'complete' ? 'ok' : session.status === 'open' ? 'wait' : 'plain'
  const paid =
    session.status === 'complete' &&
    html` ${mark(session.payment_status, session.payment_status === 'unpaid' ? 'wait' : 'ok')}`
  const total = formatAmount(session.amount_total ?? 0, session.currency ?? 'usd')
  return html`<tr><td class="amount">${objectLink(session.id, total)}</td>
<td class="right">${mark(session.status ?? '', tone)}${paid}</td>
<td class="wide">${itemsOf(world, session.id)}<div class="sub">${session.customer_details?.email ?? 'nobody yet'}${session.client_reference_id && html` · ${session.client_reference_id}`}</div></td>
<td>${moment(session.created)}</td>
<td class="wide"><div class="do">${session.status === 'open' && action('Expire', `expire/${session.id}`, '/sessions')}</div></td></tr>`
}

export function sessionsPage(world: World): Html {
  const sessions = world.store.list('session')
  if (sessions.length === 0)
    return empty('No checkout sessions yet', 'One appears as soon as somebody opens a payment link.')
  return html`<table><thead><tr><th>Total</th><th>State</th><th>Items</th><th>Made</th><th></th></tr></thead>
<tbody>${sessions.slice(0, rows).map((session) => sessionRow(world, session))}</tbody></table>`
}
