import { changedFrom, emit } from '../events'
import { invalidRequest, noSuch } from '../http/errors'
import type { Records } from '../state/records'
import type { World } from '../world'
import { confirmIntent, createIntent } from './intent'
import { addPayment, failInvoice, openPayment, payInvoice, subscriptionInvoice } from './invoices'
import { renewalLines } from './recurring'
import { nextPeriodEnd } from './subscription-period'
import { addTask, dropTasks } from './tasks'

type Invoice = Records['invoice']
type Subscription = Records['subscription']

const day = 86_400

/** Days until a failed invoice is tried again; after the last the subscription ends. */
const retryDays = [3, 5, 7]

export function findSubscription(world: World, id: string): Subscription {
  const subscription = world.store.get('subscription', id)
  if (!subscription) throw noSuch('subscription', id)
  return subscription
}

function requireRunning(world: World, id: string): Subscription {
  const subscription = findSubscription(world, id)
  if (subscription.status === 'canceled') throw invalidRequest(`${id} is canceled.`)
  return subscription
}

/** Changes a subscription and tells it; says nothing where nothing changes. */
export function changeSubscription(world: World, id: string, change: Partial<Subscription>): Subscription {
  const before = world.store.need('subscription', id)
  const after = { ...before, ...change }
  const changed = changedFrom(before, after)
  if (Object.keys(changed).length === 0) return before
  emit(world, 'customer.subscription.updated', world.store.put('subscription', after), changed)
  return after
}

/** Plans what happens at the end of the period a subscription is in. */
export function planRenewal(world: World, { id, items }: Subscription): void {
  dropTasks(world, 'renew_subscription', id)
  const end = items.data[0]?.current_period_end
  if (end === undefined) return
  addTask(world, { type: 'renew_subscription', subject: id, due: end * 1000, outcome: null })
}

/** Ends a subscription at once. */
export function cancelSubscription(
  world: World,
  id: string,
  reason: 'cancellation_requested' | 'payment_failed' = 'cancellation_requested',
): Subscription {
  const before = requireRunning(world, id)
  const now = world.clock.seconds()
  dropTasks(world, 'renew_subscription', id)
  const ended = world.store.patch('subscription', id, {
    status: 'canceled',
    canceled_at: before.canceled_at ?? now,
    ended_at: now,
    cancellation_details: { ...before.cancellation_details, reason } as Subscription['cancellation_details'],
  })
  emit(world, 'customer.subscription.deleted', ended)
  return ended
}

function methodOf(world: World, subscription: Subscription): string | null {
  if (subscription.default_payment_method !== null) return subscription.default_payment_method as string
  const customer = world.store.get('customer', subscription.customer as string)
  return (customer?.invoice_settings.default_payment_method as string | null) ?? null
}

/** What follows from an invoice that was not paid: another try later, or the end of the subscription. */
export function invoiceFailed(world: World, invoice: Invoice, needsBuyer = false): Invoice {
  const days = retryDays[invoice.attempt_count]
  const next = days === undefined ? null : world.clock.seconds() + days * day
  const failed = failInvoice(world, invoice.id, next, needsBuyer)
  dropTasks(world, 'retry_invoice', invoice.id)
  const id = invoice.parent?.subscription_details?.subscription as string | undefined
  if (id === undefined || world.store.need('subscription', id).status === 'canceled') return failed
  if (next === null) cancelSubscription(world, id, 'payment_failed')
  else {
    addTask(world, { type: 'retry_invoice', subject: invoice.id, due: next * 1000, outcome: null })
    changeSubscription(world, id, { status: 'past_due' })
  }
  return failed
}

/** What follows from an invoice that was paid: its subscription is in order again. */
export function invoicePaid(world: World, invoice: string): Invoice {
  const paid = payInvoice(world, invoice)
  dropTasks(world, 'retry_invoice', invoice)
  const id = paid.parent?.subscription_details?.subscription as string | undefined
  const status = id === undefined ? undefined : world.store.need('subscription', id).status
  if (id !== undefined && (status === 'past_due' || status === 'unpaid')) {
    changeSubscription(world, id, { status: 'active' })
  }
  return paid
}

function intentFor(world: World, invoice: Invoice, method: string): string {
  const known = openPayment(world, invoice.id)
  if (known !== null) return known
  const fields = {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer as string,
    description: 'Subscription update',
    payment_method_types: [world.store.need('payment_method', method).type],
  }
  const intent = createIntent(world, fields, null)
  addPayment(world, invoice, intent.id)
  return intent.id
}

/** Tries to pay an open invoice without the buyer. A debit leaves it open until the bank has answered. */
export function collectInvoice(world: World, id: string): Invoice {
  const invoice = world.store.need('invoice', id)
  if (invoice.amount_due === 0) return invoicePaid(world, id)
  const subscription = invoice.parent?.subscription_details?.subscription as string
  const method = methodOf(world, world.store.need('subscription', subscription))
  if (method === null) return invoiceFailed(world, invoice)
  const outcome = confirmIntent(world, intentFor(world, invoice, method), method, true)
  if (outcome.type === 'succeeded') return invoicePaid(world, id)
  if (outcome.type !== 'failed') return invoice
  return invoiceFailed(world, invoice, outcome.error.code === 'authentication_required')
}

function enterPeriod(world: World, before: Subscription): Subscription {
  const data = before.items.data.map((item) => {
    const { interval, interval_count } = item.price.recurring ?? { interval: 'month', interval_count: 1 }
    const start = item.current_period_end
    const end = nextPeriodEnd(before.billing_cycle_anchor, start, interval, interval_count)
    return { ...item, current_period_start: start, current_period_end: end }
  })
  const status = before.status === 'trialing' ? 'active' : before.status
  return changeSubscription(world, before.id, { items: { ...before.items, data }, status })
}

function openInvoice(world: World, subscription: string): Invoice | undefined {
  return world.store.list('invoice').find((each) => {
    return each.parent?.subscription_details?.subscription === subscription && each.status === 'open'
  })
}

/** A trial that ends without a way to pay ends as its settings say. Returns whether that was all. */
function endsWithoutMethod(world: World, subscription: Subscription): boolean {
  if (subscription.status !== 'trialing' || methodOf(world, subscription) !== null) return false
  const behaviour = subscription.trial_settings?.end_behavior.missing_payment_method
  if (behaviour === 'cancel') {
    cancelSubscription(world, subscription.id)
    return true
  }
  if (behaviour !== 'pause') return false
  const paused = changeSubscription(world, subscription.id, { status: 'paused' })
  emit(world, 'customer.subscription.paused', paused)
  return true
}

/** Ends the period a subscription is in: the next one begins, with an invoice that is paid or fails. */
function cycle(world: World, before: Subscription): Invoice {
  const subscription = enterPeriod(world, before)
  const state = world.store.need('subscription_state', subscription.id)
  const at = subscription.items.data[0]?.current_period_start ?? world.clock.seconds()
  const lines = renewalLines(state, at)
  const invoice = subscriptionInvoice(world, subscription, lines, 'subscription_cycle')
  world.store.put('subscription_state', { ...state, charged: true })
  planRenewal(world, subscription)
  return invoice
}

/** The planned end of a period, by the clock. */
export function renewWhenDue(world: World, id: string): void {
  const subscription = world.store.get('subscription', id)
  if (!subscription || !['active', 'trialing', 'past_due'].includes(subscription.status)) return
  if (subscription.cancel_at_period_end) cancelSubscription(world, id)
  else if (!endsWithoutMethod(world, subscription)) collectInvoice(world, cycle(world, subscription).id)
}

/** Tries a failed invoice again, by the clock. */
export function retryWhenDue(world: World, invoice: string): void {
  if (world.store.get('invoice', invoice)?.status === 'open') collectInvoice(world, invoice)
}

/**
 * Ends a period now, whatever the clock says: the next invoice, or the one that is still open, is tried, or fails
 * where the method would have paid.
 */
export function renewSubscription(world: World, id: string, outcome: 'paid' | 'failed'): Invoice {
  const subscription = requireRunning(world, id)
  const invoice = openInvoice(world, id) ?? cycle(world, subscription)
  return outcome === 'failed' ? invoiceFailed(world, invoice) : collectInvoice(world, invoice.id)
}
