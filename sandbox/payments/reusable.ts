import type { Records } from '../state/records'
import type { World } from '../world'
import { attachPaymentMethod, createPaymentMethod, goesToBank } from './payment-method'

function generateDebit(world: World, method: Records['payment_method'], charge: string | null): string {
  const { billing_details } = method
  const iban = method.type === 'bancontact' ? 'BE62510007547061' : 'NL39RABO0300065264'
  const made = createPaymentMethod(world, {
    type: 'sepa_debit',
    sepa_debit: { iban },
    billing_details: { ...billing_details, name: billing_details.name ?? 'Jenny Rosen' },
  })
  const details = { ...made.sepa_debit, generated_from: { charge, setup_attempt: null } }
  world.store.patch('payment_method', made.id, { sepa_debit: details as typeof made.sepa_debit })
  if (charge === null) return made.id
  const { payment_method_details: paid } = world.store.need('charge', charge)
  const type = method.type as 'bancontact' | 'ideal'
  if (paid?.[type]) {
    const bank = { ...paid[type], generated_sepa_debit: made.id }
    world.store.patch('charge', charge, { payment_method_details: { ...paid, [type]: bank } })
  }
  return made.id
}

/**
 * Keeps a method for its customer after it was paid with or set up, ready for charges without them.
 * @param charge what was paid with it, null for a setup
 * @returns the method that can be charged later: the same, or the SEPA debit a bank left behind
 */
export function keepForLater(
  world: World,
  id: string,
  customer: string,
  charge: string | null,
  allowRedisplay?: 'always' | 'limited',
): string {
  const method = world.store.need('payment_method', id)
  // What stays of a visit to the bank is a SEPA debit (Stripe, iDEAL and Bancontact).
  const kept = goesToBank(method.type) ? generateDebit(world, method, charge) : id
  attachPaymentMethod(world, kept, customer, allowRedisplay)
  return kept
}
