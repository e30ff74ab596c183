import { netAmount } from './net'
import type { Order } from './orders'

/** What the buyer paid in a currency of their own, as Stripe calls it; null where they paid the order's. */
export function presentmentOf({
  presentmentAmount: presentment_amount,
  presentmentCurrency: presentment_currency,
}: Pick<Order, 'presentmentAmount' | 'presentmentCurrency'>) {
  if (presentment_amount === null || presentment_currency === null) return null
  return { presentment_amount, presentment_currency }
}

/** The public JSON of an order, as events and the API give it out. */
export function orderResource(order: Order) {
  return {
    id: order.id,
    object: 'order',
    number: order.number,
    status: order.status,
    livemode: order.livemode,
    currency: order.currency,
    amount_subtotal: order.amountSubtotal,
    amount_discount: order.amountDiscount,
    amount_shipping: order.amountShipping,
    amount_tax: order.amountTax,
    amount_total: order.amountTotal,
    presentment_details: presentmentOf(order),
    amount_renewed: order.amountRenewed,
    amount_refunded: order.amountRefunded,
    amount_disputed: order.amountDisputed,
    amount_net: netAmount(order),
    dispute_state: order.disputeState,
    subscription_status: order.subscriptionStatus,
    items: order.items,
    custom_fields: order.customFields,
    consent: order.consent,
    customer: order.customerId,
    customer_details: {
      email: order.customerEmail,
      name: order.customerName,
      phone: order.customerPhone,
      address: order.buyerDetails?.address ?? null,
      individual_name: order.buyerDetails?.individual_name ?? null,
      business_name: order.buyerDetails?.business_name ?? null,
      tax_ids: order.buyerDetails?.tax_ids ?? [],
    },
    shipping_details: order.buyerDetails?.shipping ?? null,
    checkout_session: order.stripeSessionId,
    payment_intent: order.paymentIntentId,
    subscription: order.subscriptionId,
    payment_link: order.linkId,
    payment_link_version: order.linkVersion,
    client_reference_id: order.clientReferenceId,
    tracking: { first_touch: order.firstTouch, last_touch: order.lastTouch },
    fulfilled: order.fulfilledAt && Math.floor(order.fulfilledAt.getTime() / 1000),
    created: Math.floor(order.createdAt.getTime() / 1000),
  }
}
