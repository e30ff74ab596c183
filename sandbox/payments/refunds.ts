import { changedFrom, emit } from '../events'
import { invalidRequest } from '../http/errors'
import { newId } from '../ids'
import type { Records } from '../state/records'
import type { World } from '../world'
import { formatAmount } from './currencies'

type Refund = Records['refund']
type RefundFields = {
  amount?: number | undefined
  reason?: string | undefined
  metadata?: Record<string, string>
}

/** Gives back all or part of a charge; `amount` in minor units, all that is left by default. */
export function refundCharge(world: World, chargeId: string, fields: RefundFields): Refund {
  const before = world.store.need('charge', chargeId)
  if (before.status !== 'succeeded' || !before.captured) {
    throw invalidRequest(`This charge cannot be refunded because its status is ${before.status}.`, {
      param: 'charge',
    })
  }
  if (before.disputed) {
    const details = { code: 'charge_disputed', param: 'charge' }
    throw invalidRequest(`Charge ${chargeId} has been charged back; cannot issue a refund.`, details)
  }
  const left = before.amount_captured - before.amount_refunded
  if (left === 0) {
    const message = `Charge ${chargeId} has already been refunded.`
    throw invalidRequest(message, { code: 'charge_already_refunded' })
  }
  const amount = fields.amount ?? left
  if (amount > left) {
    const [asked, rest] = [formatAmount(amount, before.currency), formatAmount(left, before.currency)]
    const message = `Refund amount (${asked}) is greater than unrefunded amount on charge (${rest})`
    throw invalidRequest(message, { param: 'amount' })
  }
  const type = before.payment_method_details?.type ?? 'card'
  const details = type === 'card' ? { card: { type: 'refund', reference_status: 'pending' } } : { [type]: {} }
  const refund: Refund = {
    id: newId('re_'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: chargeId,
    created: world.clock.seconds(),
    currency: before.currency,
    customer: before.customer,
    customer_account: null,
    destination_details: { type, ...details },
    metadata: fields.metadata ?? {},
    payment_intent: before.payment_intent,
    payment_method: before.payment_method,
    reason: fields.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  }
  world.store.put('refund', refund)
  const refunded = before.amount_refunded + amount
  const after = world.store.patch('charge', chargeId, {
    amount_refunded: refunded,
    refunded: refunded === before.amount_captured,
  })
  emit(world, 'refund.created', refund)
  emit(world, 'charge.refunded', after, changedFrom(before, after))
  return refund
}

/** A bank that does not take a refund: the charge counts it no longer. */
export function failRefund(world: World, id: string): Refund {
  const before = world.store.need('refund', id)
  if (before.status === 'failed') throw invalidRequest(`${id} has failed already.`)
  const charge = world.store.need('charge', before.charge as string)
  world.store.patch('charge', charge.id, {
    amount_refunded: charge.amount_refunded - before.amount,
    refunded: false,
  })
  const after = world.store.patch('refund', id, {
    status: 'failed',
    failure_reason: 'lost_or_stolen_card',
  })
  emit(world, 'refund.updated', after, changedFrom(before, after))
  emit(world, 'refund.failed', after)
  emit(world, 'charge.refund.updated', after, changedFrom(before, after))
  return after
}
