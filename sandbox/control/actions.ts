import { invalidRequest, noSuch } from '../http/errors'
import { newId } from '../ids'
import { disputeCharge } from '../payments/disputes'
import { refundCharge } from '../payments/refunds'
import { settleDebit } from '../payments/settle'
import type { Records } from '../state/records'
import { queueDelivery } from '../webhooks/plan'
import type { World } from '../world'

function intentOf(world: World, id: string): Records['payment_intent'] {
  const intent = world.store.get('payment_intent', id)
  if (!intent) throw noSuch('payment_intent', id)
  return intent
}

function chargeOf(world: World, id: string): string {
  const { latest_charge } = intentOf(world, id)
  if (typeof latest_charge !== 'string') throw invalidRequest(`${id} has no charge.`)
  return latest_charge
}

/** Ends a processing debit now instead of when it is due. */
export function settleIntent(world: World, id: string, outcome: 'succeed' | 'fail' | 'dispute'): object {
  if (intentOf(world, id).status !== 'processing') throw invalidRequest(`${id} is not processing.`)
  settleDebit(world, id, outcome)
  return intentOf(world, id)
}

/** What the dashboard's refund button does. */
export function refundIntent(world: World, id: string, amount: number | undefined): object {
  return refundCharge(world, chargeOf(world, id), { amount, reason: 'requested_by_customer' })
}

/** A buyer's dispute, as the bank would send it. */
export function disputeIntent(world: World, id: string): object {
  const dispute = disputeCharge(world, chargeOf(world, id), 'fraudulent')
  if (!dispute)
    throw invalidRequest('This charge cannot be disputed: it is not paid, or was disputed or refunded.')
  return dispute
}

/** Sends an event once more to every endpoint, the same event with the same id. */
export function resendEvent(world: World, id: string): object {
  const event = world.store.get('event', id)
  if (!event) throw noSuch('event', id)
  const endpoints = world.store.list('webhook_endpoint').filter((endpoint) => endpoint.status === 'enabled')
  const now = world.clock.now()
  for (const endpoint of endpoints) {
    const earlier = world.store.list('delivery').find((each) => {
      const isUndelivered = each.state === 'dropped' || each.state === 'failed' || each.state === 'held'
      return each.event === id && each.endpoint === endpoint.id && isUndelivered
    })
    const fresh = {
      id: newId('whd_'),
      event: id,
      endpoint: endpoint.id,
      state: 'pending' as const,
      attempts: [],
      next_at: now,
      copy: 1,
      wrong_signatures: 0,
      wrong_mode: false,
      knob: null,
    }
    queueDelivery(world, earlier ? { ...earlier, wrong_signatures: 0, wrong_mode: false } : fresh, now)
  }
  return { id, endpoints: endpoints.length }
}
