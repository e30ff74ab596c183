import type {
  StripeCheckoutBillingInterval,
  StripeCheckoutCurrencyOption,
  StripeCheckoutRecurring,
  StripeCheckoutSavedPaymentMethod,
  StripeCheckoutSession,
  StripeCheckoutStatus,
  StripeCheckoutTaxIdInfo,
} from '@stripe/stripe-js'
import type Stripe from 'stripe'
import type { PageState } from '../../browser-api'
import type { CurrencyOption } from '../../payments/presentment'
import type { Recurring } from '../../payments/recurring'
import type { SavedMethod } from '../../payments/saved-methods'
import type { Contact } from '../protocol'
import { type AmountFormat, amountFormat, minorUnitsDivisor } from './amount'
import { discountViews } from './discount-view'
import { lineItemView } from './line-item-view'
import { chosenShipping, shippingViews } from './shipping-view'
import { taxStatus, taxTotals, taxViews } from './tax-view'

type Details = { name?: string | null; address?: Stripe.Address | null } | null | undefined

function contactOf(details: Details): Contact | null {
  const address = details?.address
  if (!address?.country) return null
  return { name: details?.name ?? null, address: { ...address, country: address.country } }
}

// The server SDK types its enums as open; a sandbox session only ever holds the known values.
type PaidStatus = Extract<StripeCheckoutStatus, { type: 'complete' }>['paymentStatus']

function statusOf(session: Stripe.Checkout.Session): StripeCheckoutStatus {
  if (session.status === 'complete')
    return { type: 'complete', paymentStatus: session.payment_status as PaidStatus }
  return { type: session.status === 'expired' ? 'expired' : 'open' }
}

function recurringView(recurring: Recurring | null, amount: AmountFormat): StripeCheckoutRecurring | null {
  if (!recurring) return null
  const { interval, interval_count, trial, due_next: due } = recurring
  return {
    interval: interval as StripeCheckoutBillingInterval,
    intervalCount: interval_count,
    isProrated: false,
    trial: trial && { trialEnd: trial.end, trialPeriodDays: trial.days },
    dueNext: {
      subtotal: amount(due.subtotal),
      total: amount(due.total),
      discount: amount(due.discount),
      taxExclusive: amount(due.tax_exclusive),
      taxInclusive: amount(due.tax_inclusive),
      billingCycleAnchor: null,
    },
  }
}

/** The first of the buyer's tax IDs, with the business it belongs to. */
export function taxIdInfoOf({
  customer_details: details,
}: Stripe.Checkout.Session): StripeCheckoutTaxIdInfo | null {
  const id = details?.tax_ids?.[0]
  if (!id) return null
  const taxId = { type: id.type as StripeCheckoutTaxIdInfo['taxId']['type'], value: id.value ?? '' }
  return { taxId, businessName: details?.business_name ?? '' }
}

export function sessionEmail({ session }: PageState): string | null {
  return session.customer_details?.email ?? session.customer_email ?? null
}

export const billingContact = ({ session }: PageState) => contactOf(session.customer_details)
export const shippingContact = ({ session }: PageState) =>
  contactOf(session.collected_information?.shipping_details)

function savedMethodView({ id, card, billing_details }: SavedMethod): StripeCheckoutSavedPaymentMethod {
  const { brand, exp_month: expMonth, exp_year: expYear, last4 } = card
  const { email, name, phone, address } = billing_details
  return {
    id,
    type: 'card',
    card: { brand, expMonth, expYear, last4 },
    billingDetails: { email, name, phone, address },
  }
}

function currencyView(option: CurrencyOption, locale: string): StripeCheckoutCurrencyOption {
  const { currency, amount, fx_rate: fxRate, source_currency: sourceCurrency } = option
  const shown = { ...amountFormat(currency, locale)(amount), currency }
  return fxRate === null ? shown : { ...shown, currencyConversion: { fxRate, sourceCurrency } }
}

/** The session as `getSession()` and `on('change')` hand it out: a new object of own properties each time. */
export function sessionView(state: PageState, locale: string, canConfirm: boolean): StripeCheckoutSession {
  const { session } = state
  const currency = session.currency ?? 'usd'
  const amount = amountFormat(currency, locale)
  const items = session.line_items?.data ?? []
  const details = session.total_details
  return {
    id: session.id,
    livemode: session.livemode,
    status: statusOf(session),
    canConfirm,
    currency,
    currencyOptions: state.currency_options?.map((option) => currencyView(option, locale)) ?? null,
    minorUnitsAmountDivisor: minorUnitsDivisor(currency),
    lineItems: items.map((item) => lineItemView(item, session, amount, state.adjustable, items.length > 1)),
    optionalItems: null,
    total: {
      subtotal: amount(session.amount_subtotal ?? 0),
      discount: amount(details?.amount_discount ?? 0),
      shippingRate: amount(details?.amount_shipping ?? 0),
      ...taxTotals(details?.breakdown?.taxes, amount),
      surcharge: amount(0),
      appliedBalance: amount(0),
      balanceAppliedToNextInvoice: false,
      total: amount(session.amount_total ?? 0),
    },
    recurring: recurringView(state.recurring, amount),
    discountAmounts: discountViews(details?.breakdown?.discounts, session, amount),
    taxAmounts: taxViews(details?.breakdown?.taxes, amount),
    tax: taxStatus(session),
    taxIdInfo: taxIdInfoOf(session),
    surcharge: null,
    shipping: chosenShipping(session, amount),
    shippingOptions: shippingViews(session, amount),
    email: sessionEmail(state),
    phoneNumber: session.customer_details?.phone ?? null,
    billingAddress: billingContact(state),
    shippingAddress: shippingContact(state),
    businessName: session.customer_details?.business_name ?? null,
    nameCollection: session.name_collection
      ? {
          individualName: session.collected_information?.individual_name ?? null,
          businessName: session.collected_information?.business_name ?? null,
        }
      : null,
    savedPaymentMethods: state.saved_payment_methods?.map(savedMethodView) ?? null,
    lastPaymentError: state.last_payment_error && { message: state.last_payment_error.message },
  }
}
