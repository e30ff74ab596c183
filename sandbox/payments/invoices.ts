import { emit } from '../events'
import { newId } from '../ids'
import type { Records } from '../state/records'
import type { World } from '../world'
import { invoiceContent } from './invoice-lines'
import { newInvoice } from './invoice-object'
import type { LineItem } from './line-items'

type Invoice = Records['invoice']
type Subscription = Records['subscription']
type Reason = 'subscription_create' | 'subscription_cycle'

/** An open invoice of a subscription for these lines, whose amounts are reckoned. */
export function subscriptionInvoice(
  world: World,
  subscription: Subscription,
  lines: readonly LineItem[],
  reason: Reason,
): Invoice {
  const now = world.clock.seconds()
  const taxed = world.store.get('subscription_state', subscription.id)?.taxed ?? false
  const { description, footer, custom_fields } = subscription.invoice_settings
  const isTrial = subscription.status === 'trialing'
  const items = subscription.items.data
  const invoice = newInvoice(world, subscription.customer as string, subscription.currency, (id) => ({
    ...invoiceContent(id, lines, items, subscription.id, now, isTrial),
    automatic_tax: {
      ...subscription.automatic_tax,
      provider: subscription.automatic_tax.enabled ? 'stripe' : null,
      status: taxed ? 'complete' : null,
    },
    billing_reason: reason,
    custom_fields,
    default_tax_rates: subscription.default_tax_rates ?? [],
    description,
    footer,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: 'subscription_details',
    },
    period_start: reason === 'subscription_create' ? now : (items[0]?.current_period_start ?? now),
  }))
  world.store.patch('subscription', subscription.id, { latest_invoice: invoice.id })
  return invoice
}

/** Ties a payment intent to the invoice it is to pay. */
export function addPayment(world: World, invoice: Invoice, intent: string): void {
  world.store.put('invoice_payment', {
    id: newId('inpay_'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: world.clock.seconds(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: intent },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  })
}

/** The payment intent an invoice waits for, where it was asked for already. */
export function openPayment(world: World, invoice: string): string | null {
  const payment = world.store.list('invoice_payment').find((each) => each.invoice === invoice)
  return payment?.status === 'open' ? (payment.payment.payment_intent as string) : null
}

/** Marks an invoice as paid and tells it. */
export function payInvoice(world: World, id: string): Invoice {
  const { amount_due, status_transitions, attempt_count } = world.store.need('invoice', id)
  const now = world.clock.seconds()
  for (const payment of world.store.list('invoice_payment').filter((each) => each.invoice === id)) {
    world.store.patch('invoice_payment', payment.id, { status: 'paid', amount_paid: amount_due })
  }
  const paid = world.store.patch('invoice', id, {
    status: 'paid',
    amount_paid: amount_due,
    amount_remaining: 0,
    attempted: true,
    attempt_count: attempt_count + 1,
    next_payment_attempt: null,
    status_transitions: { ...status_transitions, paid_at: now },
  })
  emit(world, 'invoice.paid', paid)
  return paid
}

/** Notes that an invoice could not be paid, and when it is tried again. */
export function failInvoice(world: World, id: string, next: number | null, needsBuyer = false): Invoice {
  const failed = world.store.patch('invoice', id, {
    attempted: true,
    attempt_count: world.store.need('invoice', id).attempt_count + 1,
    next_payment_attempt: next,
  })
  emit(world, 'invoice.payment_failed', failed)
  if (needsBuyer) emit(world, 'invoice.payment_action_required', failed)
  return failed
}

/** The open invoice a payment intent was to pay; undefined where there is none. */
export function invoiceOf(world: World, intent: string): Invoice | undefined {
  const payment = world.store.list('invoice_payment').find((each) => each.payment.payment_intent === intent)
  const invoice = payment && world.store.need('invoice', payment.invoice as string)
  return invoice?.status === 'open' ? invoice : undefined
}

/** The invoice a subscription starts with, paid by the session's payment intent; paid at once when nothing is due. */
export function firstInvoice(
  world: World,
  subscription: Subscription,
  lines: readonly LineItem[],
  intent: string | null,
): Invoice {
  const invoice = subscriptionInvoice(world, subscription, lines, 'subscription_create')
  if (intent !== null) addPayment(world, invoice, intent)
  const isPaid = intent === null || world.store.need('payment_intent', intent).status === 'succeeded'
  return isPaid ? payInvoice(world, invoice.id) : invoice
}
