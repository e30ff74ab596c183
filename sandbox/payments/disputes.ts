import { changedFrom, emit } from '../events'
import { newId } from '../ids'
import type { Records } from '../state/records'
import type { World } from '../world'

type Dispute = Records['dispute']

const noEvidence: Dispute['evidence'] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
}

/** Disputes a charge for all that is left of it. A SEPA debit's dispute is lost at once, as Stripe's are. */
export function disputeCharge(world: World, chargeId: string, reason: string): Dispute | null {
  const charge = world.store.need('charge', chargeId)
  const amount = charge.amount_captured - charge.amount_refunded
  if (charge.disputed || charge.status !== 'succeeded' || amount <= 0) return null
  const isCard = charge.payment_method_details?.type === 'card'
  const created = world.clock.seconds()
  const dispute: Dispute = {
    id: newId('du_'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: chargeId,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: created + 7 * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'manual',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: isCard ? 'needs_response' : 'lost',
  }
  world.store.put('dispute', dispute)
  world.store.patch('charge', chargeId, { disputed: true })
  emit(world, 'charge.dispute.created', dispute)
  emit(world, 'charge.dispute.funds_withdrawn', dispute)
  if (!isCard) emit(world, 'charge.dispute.closed', dispute)
  return dispute
}

/** Moves a dispute on, to any status Stripe may have: `won` brings the money back, `lost` keeps it away. */
export function moveDispute(world: World, id: string, status: string): Dispute {
  const before = world.store.need('dispute', id)
  const after = world.store.patch('dispute', id, { status: status as Dispute['status'] })
  if (status === 'won') emit(world, 'charge.dispute.funds_reinstated', after)
  if (status === 'won' || status === 'lost') emit(world, 'charge.dispute.closed', after)
  else emit(world, 'charge.dispute.updated', after, changedFrom(before, after))
  return after
}
