import { createHash } from 'node:crypto'
import { emit } from '../events'
import { cardError, invalidRequest, noSuch } from '../http/errors'
import { newId } from '../ids'
import type { Records } from '../state/records'
import type { World } from '../world'
import { type Behaviour, brandOf, declineOf, passesLuhn, paymentMethodAliases, testCard } from './cards'
import { isIban } from './debits'

export type CardInput = { number: string; exp_month: number; exp_year: number; cvc?: string | undefined }

type Method = Records['payment_method']
export type BillingDetails = Method['billing_details']

export type NewMethod = { billing_details: BillingDetails; metadata?: Record<string, string> } & (
  | { type: 'card'; card: CardInput }
  | { type: 'bancontact' | 'ideal' }
  | { type: 'sepa_debit'; sepa_debit: { iban: string } }
)

export const noBillingDetails: BillingDetails = {
  address: null,
  email: null,
  name: null,
  phone: null,
  tax_id: null,
}

const fingerprintOf = (value: string) => createHash('sha256').update(value).digest('base64url').slice(0, 16)

function checkCard(world: World, { number, exp_month, exp_year, cvc }: CardInput): void {
  const refuse = (code: string, message: string, param: string) => cardError(message, { code, param })
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) {
    throw refuse('incorrect_number', 'Your card number is incorrect.', 'number')
  }
  if (exp_month < 1 || exp_month > 12) {
    throw refuse('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month')
  }
  const today = new Date(world.clock.now())
  const year = exp_year < 100 ? 2000 + exp_year : exp_year
  const isPast = year < today.getUTCFullYear()
  if (isPast || year > today.getUTCFullYear() + 50) {
    throw refuse('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year')
  }
  if (year === today.getUTCFullYear() && exp_month < today.getUTCMonth() + 1) {
    throw refuse('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month')
  }
  const digits = brandOf(number) === 'amex' ? 4 : 3
  if (cvc !== undefined && !new RegExp(`^\\d{3,${digits}}$`).test(cvc)) {
    throw refuse('invalid_cvc', "Your card's security code is invalid.", 'cvc')
  }
}

function cardOf({ number, exp_month, exp_year, cvc }: CardInput): NonNullable<Method['card']> {
  const brand = brandOf(number)
  return {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: cvc ? 'pass' : null },
    country: testCard(number).country,
    display_brand: brand === 'amex' ? 'american_express' : brand,
    exp_month,
    exp_year: exp_year < 100 ? 2000 + exp_year : exp_year,
    fingerprint: fingerprintOf(number),
    funding: number === '4000056655665556' ? 'debit' : 'credit',
    generated_from: null,
    last4: number.slice(-4),
    networks: { available: [brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: brand !== 'unionpay' },
    wallet: null,
  }
}

function sepaOf(iban: string): NonNullable<Method['sepa_debit']> {
  return {
    bank_code: iban.slice(4, 12),
    branch_code: null,
    country: iban.slice(0, 2),
    fingerprint: fingerprintOf(iban),
    generated_from: { charge: null, setup_attempt: null },
    last4: iban.slice(-4),
  }
}

/** Whether paying with it means a visit to the buyer's bank. */
export function goesToBank(type: string): boolean {
  return type === 'bancontact' || type === 'ideal'
}

function requireName({ name }: BillingDetails): void {
  if (name) return
  const details = { code: 'parameter_missing', param: 'billing_details[name]' }
  throw invalidRequest('Missing required param: billing_details[name].', details)
}

/** Stores a payment method. Throws Stripe's card errors for a number, date or CVC that cannot be right. */
export function createPaymentMethod(world: World, input: NewMethod): Method {
  let behaviour: Behaviour = 'succeed'
  const method: Method = {
    id: newId('pm_'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: input.billing_details,
    created: world.clock.seconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: input.metadata ?? {},
    type: input.type,
  }
  if (input.type === 'card') {
    checkCard(world, input.card)
    behaviour = testCard(input.card.number).behaviour
    method.card = cardOf(input.card)
  } else if (input.type === 'sepa_debit') {
    const iban = input.sepa_debit.iban.replaceAll(' ', '').toUpperCase()
    if (!isIban(iban)) {
      throw invalidRequest('The IBAN you entered is invalid.', {
        code: 'invalid_bank_account_iban',
        param: 'sepa_debit[iban]',
      })
    }
    requireName(input.billing_details)
    method.sepa_debit = sepaOf(iban)
  } else if (input.type === 'bancontact') {
    requireName(input.billing_details)
    method.bancontact = {}
  } else {
    method.ideal = { bank: null, bic: null }
  }
  world.store.put('payment_method_state', { id: method.id, behaviour, set_up: false })
  return world.store.put('payment_method', method)
}

/** Finds a payment method; Stripe's `pm_card_…` names make one on the spot. */
export function findPaymentMethod(world: World, id: string, param = 'payment_method', status = 400): Method {
  const found = world.store.get('payment_method', id)
  if (found) return found
  const number = paymentMethodAliases[id]
  if (number === undefined) throw noSuch('PaymentMethod', id, param, status)
  const exp_year = new Date(world.clock.now()).getUTCFullYear() + 1
  const card = { number, exp_month: 12, exp_year, cvc: brandOf(number) === 'amex' ? '1234' : '123' }
  return createPaymentMethod(world, { type: 'card', card, billing_details: noBillingDetails })
}

/** Refuses a method that was taken from its customer: Stripe lets nobody use it again. */
export function requireUnspent(world: World, id: string): void {
  if (!world.store.need('payment_method_state', id).detached) return
  const message =
    'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.'
  throw invalidRequest(message, { param: 'payment_method' })
}

/**
 * Ties a method to a customer. A card that is declined when charged refuses to be attached, as Stripe's do. What
 * may be shown already stays so: paying again with a saved method takes nothing away.
 */
export function attachPaymentMethod(
  world: World,
  id: string,
  customer: string,
  allowRedisplay?: 'always' | 'limited',
): Method {
  requireUnspent(world, id)
  const { behaviour } = world.store.need('payment_method_state', id)
  if (behaviour.startsWith('decline:')) {
    const decline_code = behaviour.slice('decline:'.length)
    const { code, message } = declineOf(decline_code)
    throw cardError(message, { code, decline_code })
  }
  const before = world.store.need('payment_method', id)
  if (before.customer !== null && before.customer !== customer) {
    throw invalidRequest('The payment method you provided has already been attached to a customer.')
  }
  const keeps = before.customer !== null && allowRedisplay !== 'always'
  const change = allowRedisplay && !keeps ? { customer, allow_redisplay: allowRedisplay } : { customer }
  const method = world.store.patch('payment_method', id, change)
  if (before.customer === null) emit(world, 'payment_method.attached', method)
  return method
}
