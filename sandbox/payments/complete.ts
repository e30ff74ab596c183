import { emit } from '../events'
import type { Records } from '../state/records'
import type { World } from '../world'
import { redeemDiscount } from './discounts'
import { firstInvoice } from './invoices'
import { purchaseInvoice } from './purchase-invoice'
import { planRenewal } from './renewal'
import type { Session } from './session'
import { updateCustomer } from './session-customer'
import { createSubscription } from './subscription'
import { dropTasks } from './tasks'

/** The session's `payment_status` for what became of its payment intent; a trial and a setup pay nothing now. */
function paymentStatusOf(
  session: Session,
  intent: Records['payment_intent'] | undefined,
): Session['payment_status'] {
  if (!session.amount_total) return 'no_payment_required'
  return intent?.status === 'succeeded' ? 'paid' : 'unpaid'
}

/** Completes an open session. `method` is what was paid with, null when nothing was due and nothing given. */
export function completeSession(world: World, id: string, method: string | null): Session {
  const session = world.store.need('session', id)
  const state = world.store.need('session_state', id)
  const intent = state.payment_intent ? world.store.need('payment_intent', state.payment_intent) : undefined
  const subscription =
    session.mode === 'subscription' ? createSubscription(world, session, state.line_items, method) : null
  const invoice =
    subscription &&
    firstInvoice(world, subscription, state.line_items, session.amount_total ? state.payment_intent : null)
  if (subscription) planRenewal(world, subscription)
  dropTasks(world, 'expire_session', id)
  updateCustomer(world, session)
  if (state.discount) redeemDiscount(world, state.discount)
  const payment_status = paymentStatusOf(session, intent)
  const complete = world.store.patch('session', id, {
    status: 'complete',
    client_secret: null,
    payment_status,
    ...(payment_status === 'unpaid' ? {} : purchaseInvoice(world, session)),
    ...(subscription ? { subscription: subscription.id, invoice: invoice?.id ?? null } : {}),
  })
  emit(world, 'checkout.session.completed', complete)
  return complete
}
