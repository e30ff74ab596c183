import type Stripe from 'stripe'
import { callStripe } from '@/lib/stripe/calls'
import { idOf } from './resource'

type Billed = Pick<Stripe.Invoice, 'parent'>

/** The subscription an invoice is of. Before Basil (2025-03-31) it stood at the top of the invoice. */
export function subscriptionOfInvoice(invoice: Billed): string | null {
  const { subscription } = invoice as { subscription?: string | { id: string } | null }
  return idOf(invoice.parent?.subscription_details?.subscription ?? subscription)
}

/** The subscription whose invoice a payment pays, or null. @throws AppError `stripe_unavailable` */
export async function subscriptionOfPayment(payment: string): Promise<string | null> {
  const { data } = await callStripe('invoicePayments.list', (stripe, options) =>
    stripe.invoicePayments.list(
      { payment: { type: 'payment_intent', payment_intent: payment }, expand: ['data.invoice'] },
      options,
    ),
  )
  const invoice = data[0]?.invoice
  return !invoice || typeof invoice === 'string' || invoice.deleted ? null : subscriptionOfInvoice(invoice)
}
