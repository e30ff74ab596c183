import { emit } from '../events'
import { newId } from '../ids'
import type { Records } from '../state/records'
import type { World } from '../world'

export type Charge = Records['charge']
export type ChargeFailure = { code: string; message: string; decline_code: string | null }
type Details = NonNullable<Charge['payment_method_details']>

function detailsOf(method: Records['payment_method'], amount: number): Details {
  if (method.card) {
    const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4, wallet } = method.card
    return {
      type: 'card',
      card: {
        amount_authorized: amount,
        authorization_code: null,
        brand,
        checks,
        country,
        electronic_commerce_indicator: null,
        exp_month,
        exp_year,
        fingerprint: fingerprint ?? null,
        funding,
        installments: null,
        last4,
        mandate: null,
        network: brand,
        network_transaction_id: null,
        regulated_status: 'unregulated',
        three_d_secure: null,
        transaction_link_id: null,
        wallet: wallet && { type: wallet.type, dynamic_last4: wallet.dynamic_last4, google_pay: {} },
      },
    }
  }
  if (method.sepa_debit) {
    const { bank_code, branch_code, country, fingerprint, last4 } = method.sepa_debit
    return {
      type: 'sepa_debit',
      sepa_debit: { bank_code, branch_code, country, fingerprint, last4, mandate: null },
    }
  }
  if (method.type === 'bancontact') {
    return {
      type: 'bancontact',
      bancontact: {
        bank_code: 'VAPE',
        bank_name: 'VAN DE PUT & CO',
        bic: 'VAPEBE22',
        generated_sepa_debit: null,
        generated_sepa_debit_mandate: null,
        iban_last4: '7061',
        preferred_language: 'en',
        verified_name: method.billing_details.name,
      },
    }
  }
  return {
    type: 'ideal',
    ideal: {
      bank: 'ing',
      bic: 'INGBNL2A',
      generated_sepa_debit: null,
      generated_sepa_debit_mandate: null,
      iban_last4: null,
      transaction_id: null,
      verified_name: method.billing_details.name,
    },
  }
}

function newCharge(world: World, intentId: string, methodId: string, change: Partial<Charge>): Charge {
  const intent = world.store.need('payment_intent', intentId)
  const method = world.store.need('payment_method', methodId)
  const suffix = intent.statement_descriptor_suffix
  const charge: Charge = {
    id: newId(method.type === 'card' ? 'ch_' : 'py_'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor:
      intent.statement_descriptor ?? (suffix ? `SANDBOX* ${suffix}` : 'SANDBOX'),
    captured: false,
    created: world.clock.seconds(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(method, intent.amount),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: suffix,
    status: 'pending',
    transfer_data: null,
    transfer_group: null,
    ...change,
  }
  return world.store.put('charge', charge)
}

const authorized: Charge['outcome'] = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'approved_by_network',
  reason: null,
  risk_level: 'normal',
  seller_message: 'Payment complete.',
  type: 'authorized',
}

export function succeedCharge(world: World, intent: string, method: string, isCaptured: boolean): Charge {
  const { amount } = world.store.need('payment_intent', intent)
  const charge = newCharge(world, intent, method, {
    status: 'succeeded',
    paid: true,
    captured: isCaptured,
    amount_captured: isCaptured ? amount : 0,
    outcome: authorized,
  })
  emit(world, 'charge.succeeded', charge)
  return charge
}

export function failCharge(world: World, intent: string, method: string, failure: ChargeFailure): Charge {
  const charge = newCharge(world, intent, method, {
    status: 'failed',
    failure_code: failure.code,
    failure_message: failure.message,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: 'declined_by_network',
      reason: failure.decline_code,
      risk_level: 'normal',
      seller_message: 'The bank declined the payment.',
      type: 'issuer_declined',
    },
  })
  emit(world, 'charge.failed', charge)
  world.store.patch('payment_intent', intent, { latest_charge: charge.id })
  return charge
}

export function pendingCharge(world: World, intent: string, method: string): Charge {
  const charge = newCharge(world, intent, method, { status: 'pending' })
  emit(world, 'charge.pending', charge)
  return charge
}

/** Ends a pending charge. */
export function settleCharge(world: World, id: string, failure: ChargeFailure | null): Charge {
  const { amount } = world.store.need('charge', id)
  const change: Partial<Charge> = failure
    ? { status: 'failed', failure_code: failure.code, failure_message: failure.message }
    : { status: 'succeeded', paid: true, captured: true, amount_captured: amount, outcome: authorized }
  const charge = world.store.patch('charge', id, change)
  emit(world, failure ? 'charge.failed' : 'charge.succeeded', charge)
  return charge
}
