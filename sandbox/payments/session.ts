import { fullAddress } from '../api/fields'
import { emit } from '../events'
import { invalidRequest, noSuch } from '../http/errors'
import type { Records, SessionDiscount, SessionState } from '../state/records'
import type { World } from '../world'
import { formatAmount, maximumCharge, minimumCharge, smallestStep } from './currencies'
import { checkDiscount } from './discounts'
import { abandonAttempt } from './intent'
import type { LineItem } from './line-items'
import { trialOf } from './recurring'
import { cancelSetup } from './setup'
import { taxationOf } from './tax-rates'
import { taxStatusOf } from './taxes'
import { reckonLines, sessionTotals, type Terms } from './totals'

export type Session = Records['session']
export type CustomerDetails = NonNullable<Session['customer_details']>

export function findSession(world: World, id: string): Session {
  const session = world.store.get('session', id)
  if (!session) throw noSuch('checkout.session', id, 'session')
  return session
}

export const noCustomerDetails: CustomerDetails = {
  address: null,
  business_name: null,
  email: null,
  individual_name: null,
  name: null,
  phone: null,
  tax_exempt: 'none',
  tax_ids: [],
}

/** Merges what the buyer has told into `customer_details`. */
export function collect(world: World, id: string, details: Partial<CustomerDetails>): Session {
  const session = world.store.need('session', id)
  const address = details.address === undefined ? {} : { address: fullAddress(details.address) }
  return world.store.patch('session', id, {
    customer_details: { ...(session.customer_details ?? noCustomerDetails), ...details, ...address },
  })
}

/** The names a buyer gave; what is undefined stays as it is. */
export function setNames(
  world: World,
  id: string,
  { individual, business }: { individual?: string | null | undefined; business?: string | null | undefined },
): void {
  if (individual === undefined && business === undefined) return
  const { collected_information: known } = world.store.need('session', id)
  const names = {
    ...(individual === undefined ? {} : { individual_name: individual || null }),
    ...(business === undefined ? {} : { business_name: business || null }),
  }
  collect(world, id, { ...names, ...(individual === undefined ? {} : { name: individual || null }) })
  world.store.patch('session', id, {
    collected_information: {
      business_name: known?.business_name ?? null,
      individual_name: known?.individual_name ?? null,
      shipping_details: known?.shipping_details ?? null,
      ...names,
    },
  })
}

/** Where the goods go; null forgets it. Refuses a country the session does not ship to. */
export function setShipping(
  world: World,
  id: string,
  name: string,
  to: Parameters<typeof fullAddress>[0],
): void {
  const session = world.store.need('session', id)
  const address = fullAddress(to)
  const allowed = session.shipping_address_collection?.allowed_countries
  if (address && allowed && !allowed.includes(address.country ?? '')) {
    const message = `This Checkout Session does not ship to ${address.country}.`
    throw invalidRequest(message, { param: 'shipping_address[country]' })
  }
  const { business_name = null, individual_name = null } = session.collected_information ?? {}
  world.store.patch('session', id, {
    collected_information: {
      business_name,
      individual_name,
      shipping_details: address ? { name, address } : null,
    },
  })
}

/** What decides the amounts of a session, as it stands. */
export function termsOf(world: World, session: Session, state: SessionState): Terms {
  const rate = session.shipping_cost?.shipping_rate
  return {
    mode: session.mode,
    currency: session.currency ?? 'usd',
    inTrial: trialOf(state.subscription_data, 0) !== null,
    ...taxationOf(world, session, state),
    discount: state.discount,
    shipping: rate ? world.store.need('shipping_rate', String(rate)) : null,
  }
}

/** Checks a total against the currency's limits; a total of zero is free, not too small. */
export function checkTotal(total: number, currency: string): void {
  const minimum = minimumCharge(currency)
  if (total > 0 && total < minimum) {
    const amount = formatAmount(minimum, currency)
    const message = `The Checkout Session's total amount due must add up to at least ${amount} ${currency}`
    throw invalidRequest(message, { code: 'amount_too_small' })
  }
  if (total > maximumCharge) {
    const amount = formatAmount(maximumCharge, currency)
    const message = `The Checkout Session's total amount due must be no more than ${amount} ${currency}`
    throw invalidRequest(message, { code: 'amount_too_large' })
  }
  if (total % smallestStep(currency) !== 0) {
    const message = `The total must be a multiple of ${smallestStep(currency)} minor units in ${currency}.`
    throw invalidRequest(message, { code: 'parameter_invalid_integer' })
  }
}

/** Takes new line items into a session and brings its totals up to date. Refuses what the discount forbids. */
export function setLineItems(world: World, id: string, lines: readonly LineItem[]): Session {
  const session = world.store.need('session', id)
  if (session.mode === 'setup') return session
  const state = world.store.need('session_state', id)
  const terms = termsOf(world, session, state)
  const reckoned = reckonLines(lines, terms)
  if (terms.discount) checkDiscount(world, terms.discount, reckoned, terms.currency)
  const totals = sessionTotals(reckoned, terms)
  checkTotal(totals.amount_total ?? 0, terms.currency)
  // A payment that waits for the buyer's bank is for the old total.
  if (totals.amount_total !== session.amount_total) abandonAttempt(world, state.payment_intent)
  world.store.put('session_state', { ...state, line_items: reckoned })
  const automatic_tax = { ...session.automatic_tax, status: taxStatusOf(session) }
  return world.store.patch('session', id, { ...totals, automatic_tax })
}

/** Gives a session another discount, or none, and brings its totals up to date. */
export function setDiscount(world: World, id: string, discount: SessionDiscount | null): Session {
  const { line_items: lines } = world.store.patch('session_state', id, { discount })
  const { source, promotion_code } = discount?.object ?? {}
  world.store.patch('session', id, {
    discounts: discount ? [{ coupon: source?.coupon ?? null, promotion_code: promotion_code ?? null }] : [],
  })
  return setLineItems(world, id, lines)
}

/** The currency's ways to pay, as a dynamic set filtered by what the session allows. */
export function methodTypesFor(
  currency: string,
  filter: { allowed?: string[] | undefined; excluded?: string[] | undefined },
): string[] {
  const all = ['card']
  if (currency === 'eur') all.push('ideal', 'bancontact', 'sepa_debit')
  const { allowed, excluded = [] } = filter
  return all.filter((type) => (!allowed || allowed.includes(type)) && !excluded.includes(type))
}

/** Refuses unless the session is open. */
export function requireOpen(session: Session): void {
  if (session.status === 'open') return
  const what = session.status === 'complete' ? 'has already been completed' : 'has expired'
  throw invalidRequest(`This Checkout Session ${what}.`, { code: `checkout_session_${session.status}` })
}

/** Cancels the payment intent of a session that ends without a payment, if one was made. */
export function cancelPayment(world: World, id: string, reason: 'abandoned' | 'expired'): void {
  const { payment_intent } = world.store.need('session_state', id)
  if (payment_intent === null) return
  const intent = world.store.patch('payment_intent', payment_intent, {
    status: 'canceled',
    canceled_at: world.clock.seconds(),
    cancellation_reason: reason,
    next_action: null,
  })
  world.store.patch('payment_intent_state', payment_intent, { attempt: null })
  emit(world, 'payment_intent.canceled', intent)
}

/** Ends an open session; its payment intent, if one was made, is canceled with it. */
export function expireSession(world: World, id: string): Session {
  const session = world.store.need('session', id)
  if (session.status !== 'open') {
    const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`
    throw invalidRequest(message)
  }
  cancelPayment(world, id, 'expired')
  const { setup_intent } = world.store.need('session_state', id)
  if (setup_intent) cancelSetup(world, setup_intent, null)
  const expired = world.store.patch('session', id, { status: 'expired', client_secret: null })
  emit(world, 'checkout.session.expired', expired)
  return expired
}

/** Where the buyer goes afterwards: the session's `return_url` with `{CHECKOUT_SESSION_ID}` replaced. */
export function returnUrl(session: Session): string {
  return (session.return_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id)
}
