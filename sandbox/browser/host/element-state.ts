import type { StripeCheckoutElementsOptions } from '@stripe/stripe-js'
import type { PageState } from '../../browser-api'
import type { ElementState, SavedMethod } from '../protocol'
import type { HostElement } from './element'
import { billingContact, sessionEmail, sessionView, shippingContact, taxIdInfoOf } from './session-view'

export const offeredMethods = ['card', 'ideal', 'bancontact', 'sepa_debit']

type Kept = NonNullable<PageState['saved_payment_methods']>[number]

/** A kept card as the payment element lists it. */
export function savedMethod({ id, type, card, billing_details }: Kept): SavedMethod {
  const { name = null, email = null, phone = null, address } = billing_details
  const place = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }
  return {
    id,
    type,
    brand: card.brand,
    last4: card.last4,
    expMonth: card.exp_month,
    expYear: card.exp_year,
    shown: { id, type, billing_details: { name, email, phone, address: { ...place, ...address } } },
  }
}

/** Whether the session cannot complete without a payment method (Stripe, `payment_method_collection`). */
export function needsMethod({ session }: PageState): boolean {
  if (session.mode === 'setup' || (session.amount_total ?? 0) > 0) return true
  return session.mode === 'subscription' && session.payment_method_collection !== 'if_required'
}

/** What the elements are told of a session. `keeping`: what the page wants of saved methods. */
export function elementState(
  state: PageState,
  elements: HostElement[],
  keeping: StripeCheckoutElementsOptions['savedPaymentMethod'],
  locale: string,
): ElementState {
  const { session } = state
  const { payment_method_save, payment_method_remove } = session.saved_payment_method_options ?? {}
  const shows = keeping?.enableRedisplay !== 'never'
  return {
    methods: offeredMethods.filter((type) => state.payment_method_types.includes(type)),
    saved: shows ? (state.saved_payment_methods ?? []).map(savedMethod) : [],
    canRemove: payment_method_remove === 'enabled',
    offersSave: payment_method_save === 'enabled' && keeping?.enableSave !== 'never',
    reuses: state.reuses_payment_method,
    needsMethod: needsMethod(state),
    wallets: state.wallets,
    currency: session.currency ?? 'usd',
    currencies: (sessionView(state, locale, false).currencyOptions ?? []).map(({ currency, amount }) => ({
      currency,
      amount,
    })),
    collectsTaxId: session.tax_id_collection?.enabled ?? false,
    taxIdInfo: taxIdInfoOf(session),
    merchant: state.account.display_name,
    email: sessionEmail(state),
    emailLocked: state.email_locked,
    phone: session.customer_details?.phone ?? null,
    billingAddress: billingContact(state),
    shippingAddress: shippingContact(state),
    shippingCountries: session.shipping_address_collection?.allowed_countries ?? null,
    asksPhone: session.phone_number_collection?.enabled ?? false,
    addressElsewhere: elements.some(({ mode }) => mode === 'billing'),
  }
}
