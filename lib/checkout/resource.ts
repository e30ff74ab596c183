import type Stripe from 'stripe'
import type { CustomField } from '@/db/types'
import { consentResource, customFieldsResource } from './answers-resource'
import type { CheckoutSession } from './open'

/**
 * The public JSON of a checkout session: Stripe's object as it is now, with the link it came from and the
 * campaign that brought the buyer. The client secret is left out; questions and consents are ours, because Stripe
 * asks none in `ui_mode: elements`.
 * @param fields the questions of the session's version
 */
export function checkoutSessionResource(
  row: CheckoutSession,
  session: Stripe.Checkout.Session,
  fields: CustomField[],
) {
  return {
    id: session.id,
    object: 'checkout.session',
    amount_subtotal: session.amount_subtotal,
    amount_total: session.amount_total,
    client_reference_id: session.client_reference_id,
    collected_information: session.collected_information,
    consent: consentResource(row.consent),
    created: session.created,
    currency: session.currency,
    custom_fields: customFieldsResource(fields, row.answers),
    customer: idOf(session.customer),
    customer_details: session.customer_details,
    expires_at: session.expires_at,
    livemode: session.livemode,
    metadata: session.metadata,
    mode: session.mode,
    payment_intent: idOf(session.payment_intent),
    payment_link: row.linkId,
    payment_link_version: row.linkVersion,
    payment_status: session.payment_status,
    presentment_details: session.presentment_details ?? null,
    status: session.status,
    subscription: idOf(session.subscription),
    total_details: session.total_details,
    tracking: { first_touch: row.firstTouch, last_touch: row.lastTouch },
  }
}

/** The id of a reference, expanded or not. */
export function idOf(reference: string | { id: string } | null | undefined): string | null {
  if (!reference) return null
  return typeof reference === 'string' ? reference : reference.id
}
