import { emit } from '../events'
import type { Task } from '../state/records'
import type { World } from '../world'
import { settleCharge } from './charge'
import { disputeCharge } from './disputes'
import { failIntent } from './intent'
import { invoiceOf } from './invoices'
import { endCoupon, endPromotionCode } from './promotions'
import { purchaseInvoice } from './purchase-invoice'
import { invoiceFailed, invoicePaid, renewWhenDue, retryWhenDue } from './renewal'
import { expireSession } from './session'
import { dropTasks } from './tasks'

/** Ends a processing debit, as the bank would days later, and tells it for its session. */
export function settleDebit(world: World, intentId: string, outcome: 'succeed' | 'fail' | 'dispute'): void {
  const intent = world.store.get('payment_intent', intentId)
  if (intent?.status !== 'processing') return
  dropTasks(world, 'settle_debit', intentId)
  const chargeId = intent.latest_charge as string
  const { session } = world.store.need('payment_intent_state', intentId)
  if (outcome === 'fail') {
    const failure = {
      code: 'insufficient_funds',
      message: "The customer's account has insufficient funds to cover this payment.",
      decline_code: 'insufficient_funds',
    }
    settleCharge(world, chargeId, failure)
    failIntent(world, intentId, {
      charge: chargeId,
      code: 'insufficient_funds',
      message: failure.message,
      payment_method: world.store.need('payment_method', intent.payment_method as string),
      type: 'invalid_request_error',
    })
  } else {
    settleCharge(world, chargeId, null)
    const paid = world.store.patch('payment_intent', intentId, {
      status: 'succeeded',
      amount_received: intent.amount,
    })
    emit(world, 'payment_intent.succeeded', paid)
  }
  const invoice = invoiceOf(world, intentId)
  if (invoice && outcome === 'fail') invoiceFailed(world, invoice)
  else if (invoice) invoicePaid(world, invoice.id)
  if (session !== null) {
    const unpaid = world.store.need('session', session)
    const settled =
      outcome === 'fail'
        ? unpaid
        : world.store.patch('session', session, { payment_status: 'paid', ...purchaseInvoice(world, unpaid) })
    const isPaid = settled.payment_status === 'paid'
    emit(world, `checkout.session.async_payment_${isPaid ? 'succeeded' : 'failed'}`, settled)
  }
  if (outcome === 'dispute') disputeCharge(world, chargeId, 'debit_not_authorized')
}

function runTask(world: World, task: Task): void {
  world.store.remove('task', task.id)
  if (task.type === 'settle_debit') settleDebit(world, task.subject, task.outcome ?? 'succeed')
  else if (task.type === 'dispute_charge') disputeCharge(world, task.subject, 'fraudulent')
  else if (task.type === 'renew_subscription') renewWhenDue(world, task.subject)
  else if (task.type === 'retry_invoice') retryWhenDue(world, task.subject)
  else if (task.type === 'end_coupon') endCoupon(world, task.subject)
  else if (task.type === 'end_promotion_code') endPromotionCode(world, task.subject)
  else if (world.store.get('session', task.subject)?.status === 'open') expireSession(world, task.subject)
}

/** Runs everything whose time has come, in its order, what follows from it included; inside a transaction. */
export function runDueTasks(world: World): void {
  const now = world.clock.now()
  for (;;) {
    const due = world.store.list('task').filter((task) => task.due <= now)
    const [first] = due.sort((one, other) => one.due - other.due)
    if (!first) return
    world.clock.at(first.due, () => runTask(world, first))
  }
}
