import { changedFrom, emit } from '../events'
import { invalidRequest, noSuch } from '../http/errors'
import { newId } from '../ids'
import type { Records } from '../state/records'
import type { World } from '../world'
import { confirmIntent, createIntent } from './intent'
import { lineAmounts } from './totals'

type Invoice = Records['invoice']
type Subscription = Records['subscription']
type Reason = 'subscription_create' | 'subscription_cycle'

function newInvoice(world: World, subscription: Subscription, amount: number, reason: Reason): Invoice {
  const id = newId('in_')
  const now = world.clock.seconds()
  return {
    id,
    object: 'invoice',
    account_country: 'DE',
    account_name: 'Sandbox',
    account_tax_ids: null,
    amount_due: amount,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: amount,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    automatic_tax: { ...subscription.automatic_tax, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: reason,
    collection_method: 'charge_automatically',
    created: now,
    currency: subscription.currency,
    custom_fields: null,
    customer: subscription.customer,
    customer_account: null,
    customer_address: null,
    customer_email: null,
    customer_name: null,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: now,
    ending_balance: 0,
    footer: null,
    from_invoice: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list', data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: 'subscription_details',
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: now,
    period_start: now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'open',
    status_transitions: { finalized_at: now, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: amount,
    subtotal_excluding_tax: amount,
    test_clock: null,
    total: amount,
    total_discount_amounts: [],
    total_excluding_tax: amount,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  }
}

function addPayment(world: World, invoice: Invoice, intent: string): void {
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

/** The invoice a subscription starts with, paid by the session's payment intent; null when nothing was due. */
export function firstInvoice(
  world: World,
  subscription: Subscription,
  amount: number,
  intent: string | null,
): Invoice {
  const invoice = newInvoice(world, subscription, amount, 'subscription_create')
  world.store.put('invoice', invoice)
  if (intent !== null) addPayment(world, invoice, intent)
  world.store.patch('subscription', subscription.id, { latest_invoice: invoice.id })
  const isPaid = intent === null || world.store.need('payment_intent', intent).status === 'succeeded'
  return isPaid ? payInvoice(world, invoice.id) : invoice
}

function payInvoice(world: World, id: string): Invoice {
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
    status_transitions: { ...status_transitions, paid_at: now },
  })
  emit(world, 'invoice.paid', paid)
  return paid
}

/** Pays the invoice a settled debit belongs to, where it belongs to one. */
export function payInvoiceOf(world: World, intent: string): void {
  const payment = world.store.list('invoice_payment').find((each) => each.payment.payment_intent === intent)
  if (payment) payInvoice(world, payment.invoice as string)
}

function findSubscription(world: World, id: string): Subscription {
  const subscription = world.store.get('subscription', id)
  if (!subscription) throw noSuch('subscription', id)
  if (subscription.status === 'canceled') throw invalidRequest(`${id} is canceled.`)
  return subscription
}

function setStatus(world: World, subscription: Subscription, status: Subscription['status']): Subscription {
  if (subscription.status === status) return subscription
  const after = world.store.patch('subscription', subscription.id, { status })
  emit(world, 'customer.subscription.updated', after, changedFrom(subscription, after))
  return after
}

/** Ends a period: the next invoice, or the one that is still open, is paid or fails. */
export function renewSubscription(world: World, id: string, outcome: 'paid' | 'failed'): Invoice {
  const subscription = findSubscription(world, id)
  const amount = subscription.items.data.reduce(
    (sum, { price, quantity }) => sum + lineAmounts(price, quantity ?? 1, false, false).amount_total,
    0,
  )
  const open = world.store.list('invoice').find((each) => {
    return each.parent?.subscription_details?.subscription === id && each.status === 'open'
  })
  const invoice =
    open ?? world.store.put('invoice', newInvoice(world, subscription, amount, 'subscription_cycle'))
  if (!open) world.store.patch('subscription', id, { latest_invoice: invoice.id })
  if (outcome === 'failed') {
    const failed = world.store.patch('invoice', invoice.id, {
      attempted: true,
      attempt_count: invoice.attempt_count + 1,
    })
    emit(world, 'invoice.payment_failed', failed)
    setStatus(world, world.store.need('subscription', id), 'past_due')
    return failed
  }
  const method = subscription.default_payment_method as string
  const intent = createIntent(
    world,
    {
      amount: invoice.amount_due,
      currency: invoice.currency,
      customer: subscription.customer as string,
      payment_method_types: [world.store.need('payment_method', method).type],
    },
    null,
  )
  addPayment(world, invoice, intent.id)
  confirmIntent(world, intent.id, method, true)
  const paid = payInvoice(world, invoice.id)
  setStatus(world, world.store.need('subscription', id), 'active')
  return paid
}

/** Ends a subscription at once. */
export function cancelSubscription(world: World, id: string): Subscription {
  findSubscription(world, id)
  const now = world.clock.seconds()
  const ended = world.store.patch('subscription', id, { status: 'canceled', canceled_at: now, ended_at: now })
  emit(world, 'customer.subscription.deleted', ended)
  return ended
}
