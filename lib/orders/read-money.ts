import type Stripe from 'stripe'
import { storable } from '@/lib/storable'
import { callStripe } from '@/lib/stripe/calls'
import type { Order } from './orders'

export type PaymentReading = {
  paymentIntent: string
  refunds: Stripe.Refund[]
  disputes: Stripe.Dispute[]
  /** Only where something was refunded. */
  charge: Stripe.Charge | null
}

/** Which part of an order's money to ask for: one payment, all payments, or the subscription alone. */
export type Scope = { payment: string } | 'all' | 'subscription'

export type MoneyReading = {
  payments: PaymentReading[]
  subscription: { status: string; invoices: Stripe.Invoice[] } | null
}

/** What Stripe says now of refunds and disputes of an order's payments, and of its subscription. */
export async function readMoney(
  order: Pick<Order, 'paymentIntentId' | 'subscriptionId'>,
  scope: Scope,
): Promise<MoneyReading> {
  const subscription = order.subscriptionId ? await readSubscription(order.subscriptionId) : null
  const renewals = (subscription?.invoices ?? []).flatMap((invoice) => invoicePayment(invoice) ?? [])
  const all = [...(order.paymentIntentId ? [order.paymentIntentId] : []), ...renewals]
  const asked = scope === 'all' ? all : scope === 'subscription' ? [] : [scope.payment]
  const payments: PaymentReading[] = []
  for (const intent of new Set(asked)) payments.push(await readPayment(intent))
  return storable({ payments, subscription })
}

async function readPayment(paymentIntent: string): Promise<PaymentReading> {
  const refunds = await callStripe('refunds.list', (stripe, options) =>
    stripe.refunds
      .list({ payment_intent: paymentIntent, limit: 100 }, options)
      .autoPagingToArray({ limit: 1000 }),
  )
  const disputes = await callStripe('disputes.list', (stripe, options) =>
    stripe.disputes
      .list({ payment_intent: paymentIntent, limit: 100 }, options)
      .autoPagingToArray({ limit: 1000 }),
  )
  const charge = idOf(refunds[0]?.charge)
  return {
    paymentIntent,
    refunds,
    disputes,
    charge: charge
      ? await callStripe('charges.retrieve', (stripe, options) =>
          stripe.charges.retrieve(charge, {}, options),
        )
      : null,
  }
}

async function readSubscription(id: string): Promise<MoneyReading['subscription']> {
  const { status } = await callStripe('subscriptions.retrieve', (stripe, options) =>
    stripe.subscriptions.retrieve(id, {}, options),
  )
  const invoices = await callStripe('invoices.list', (stripe, options) =>
    stripe.invoices
      .list({ subscription: id, limit: 100, expand: ['data.payments'] }, options)
      .autoPagingToArray({ limit: 1000 }),
  )
  return { status, invoices }
}

/** The payment intent an invoice was paid with, or is to be. */
export function invoicePayment({ payments }: Stripe.Invoice): string | null {
  const intents = (payments?.data ?? []).filter(({ payment }) => payment.type === 'payment_intent')
  const chosen = intents.find(({ status }) => status === 'paid') ?? intents.find((one) => one.is_default)
  return idOf(chosen?.payment.payment_intent)
}

function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null)
}
