import { invalidRequest } from '../http/errors'
import { newClientSecret } from '../ids'
import { noCustomerDetails, type Session } from '../payments/session'
import type { World } from '../world'
import { findCustomer } from './customers'
import { mergeMetadata } from './fields'
import { invoiceCreationOf } from './session-invoice'
import type { CreateSession } from './session-params'

const hour = 3600

function expiryOf(world: World, asked: number | undefined): number {
  const now = world.clock.seconds()
  if (asked === undefined) return now + 24 * hour
  const refuse = (message: string) => invalidRequest(message, { param: 'expires_at' })
  // Stripe allows for the request's own time on its way; so do a few seconds here.
  if (asked < now + hour / 2 - 10) {
    throw refuse('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.')
  }
  if (asked > now + 24 * hour + 10) {
    throw refuse('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.')
  }
  return asked
}

function consentOf({ consent_collection: given }: CreateSession): Session['consent_collection'] {
  if (!given) return null
  const position = given.payment_method_reuse_agreement?.position
  return {
    payment_method_reuse_agreement: position ? { position } : null,
    promotions: given.promotions ?? null,
    terms_of_service: given.terms_of_service ?? null,
  }
}

function namesOf({ name_collection: given }: CreateSession): Pick<Session, 'name_collection'> {
  if (!given) return {}
  const settings = (one: { enabled: boolean; optional?: boolean | undefined }) => ({
    enabled: one.enabled,
    optional: one.optional ?? false,
  })
  const { business, individual } = given
  return {
    name_collection: {
      ...(business ? { business: settings(business) } : {}),
      ...(individual ? { individual: settings(individual) } : {}),
    },
  }
}

/** A trial's given end has to be two days away at least and two years at most (SDK, `subscription_data`). */
function checkTrialEnd(world: World, end: number | undefined): void {
  if (end === undefined) return
  const now = world.clock.seconds()
  const refuse = (message: string) => invalidRequest(message, { param: 'subscription_data[trial_end]' })
  if (end < now + 48 * hour) throw refuse('The `trial_end` date has to be at least 2 days in the future.')
  if (end > now + 730 * 24 * hour) throw refuse('The `trial_end` date cannot be more than two years away.')
}

/** An open session as Stripe shows it, before its line items are reckoned. */
export function newSession(world: World, id: string, params: CreateSession): Session {
  const customer =
    params.customer === undefined ? null : findCustomer(world, params.customer, 'customer', 400)
  checkTrialEnd(world, params.subscription_data?.trial_end)
  const email = params.customer_email ?? customer?.email ?? null
  const saved = params.saved_payment_method_options
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: params.adaptive_pricing?.enabled ?? false },
    after_expiration: null,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: params.mode === 'setup' ? null : 0,
    amount_total: params.mode === 'setup' ? null : 0,
    automatic_tax: {
      enabled: params.automatic_tax?.enabled ?? false,
      liability: params.automatic_tax?.enabled ? { type: 'self' } : null,
      provider: params.automatic_tax?.enabled ? 'stripe' : null,
      status: null,
    },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: newClientSecret(id),
    collected_information: null,
    consent: params.consent_collection ? { promotions: null, terms_of_service: null } : null,
    consent_collection: consentOf(params),
    created: world.clock.seconds(),
    currency: null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer
      ? null
      : params.mode === 'subscription'
        ? 'always'
        : (params.customer_creation ?? 'if_required'),
    customer_details: email
      ? {
          ...noCustomerDetails,
          email,
          name: customer?.name ?? null,
          phone: customer?.phone ?? null,
          address: customer?.address ?? null,
        }
      : null,
    customer_email: params.customer_email ?? null,
    discounts: [],
    expires_at: expiryOf(world, params.expires_at),
    integration_identifier: null,
    invoice: null,
    invoice_creation: params.mode === 'payment' ? invoiceCreationOf(params.invoice_creation) : null,
    livemode: false,
    locale: params.locale ?? null,
    managed_payments: null,
    metadata: mergeMetadata({}, params.metadata),
    mode: params.mode,
    ...namesOf(params),
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection:
      params.payment_method_collection ?? (params.mode === 'payment' ? 'if_required' : 'always'),
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: [],
    payment_status: params.mode === 'setup' ? 'no_payment_required' : 'unpaid',
    permissions: params.permissions
      ? { update_shipping_details: params.permissions.update_shipping_details ?? null }
      : null,
    phone_number_collection: { enabled: params.phone_number_collection?.enabled ?? false },
    recovered_from: null,
    return_url: params.return_url ?? '',
    saved_payment_method_options: {
      allow_redisplay_filters: saved?.allow_redisplay_filters ?? ['always'],
      payment_method_remove: saved?.payment_method_remove ?? 'disabled',
      payment_method_save: saved?.payment_method_save ?? null,
    },
    setup_intent: null,
    shipping_address_collection: params.shipping_address_collection ?? null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: null,
    ...(params.tax_id_collection
      ? { tax_id_collection: { enabled: params.tax_id_collection.enabled, required: 'never' as const } }
      : {}),
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'elements',
    url: null,
    wallet_options: null,
  }
}
