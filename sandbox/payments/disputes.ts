import { emit } from '../events'
import { newId } from '../ids'
import type { Records } from '../state/records'
import type { World } from '../world'

type Dispute = Records['dispute']

/** Disputes a charge for all that is left of it. A SEPA debit's dispute is lost at once, as Stripe's are. */
export function disputeCharge(world: World, chargeId: string, reason: string): Dispute | null {
  const charge = world.store.need('charge', chargeId)
  const amount = charge.amount_captured - charge.amount_refunded
  if (charge.disputed || charge.status !== 'succeeded' || amount <= 0) return null
  const isCard = charge.payment_method_details?.type === 'card'
  const created = world.clock.seconds()
  const dispute = {
    id: newId('du_'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: chargeId,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {},
    evidence_details: {
      due_by: created + 7 * 86_400,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: isCard ? 'needs_response' : 'lost',
  } as unknown as Dispute
  world.store.put('dispute', dispute)
  world.store.patch('charge', chargeId, { disputed: true })
  emit(world, 'charge.dispute.created', dispute)
  emit(world, 'charge.dispute.funds_withdrawn', dispute)
  if (!isCard) emit(world, 'charge.dispute.closed', dispute)
  return dispute
}
