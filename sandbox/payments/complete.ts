import { createCustomer } from '../api/customers'
import { emit } from '../events'
import type { Records } from '../state/records'
import type { World } from '../world'
import { firstInvoice } from './invoices'
import { attachPaymentMethod } from './payment-method'
import type { Session } from './session'
import { createSubscription } from './subscription'
import { dropTasks } from './tasks'

function createsCustomer(session: Session, futureUsage: boolean, saves: boolean): boolean {
  if (session.customer !== null) return false
  return session.mode === 'subscription' || session.customer_creation === 'always' || futureUsage || saves
}

/** How a method saved here may be shown again (Stripe, "Save payment details during payment"). */
function redisplayOf(session: Session, saves: boolean): 'always' | 'limited' {
  return saves && session.saved_payment_method_options?.payment_method_save === 'enabled'
    ? 'always'
    : 'limited'
}

/** The customer a session is about to pay with: its own, or one it makes now; null for a guest. */
export function customerFor(
  world: World,
  session: Session,
  futureUsage: boolean,
  saves: boolean,
): string | null {
  if (session.customer !== null) return session.customer as string
  if (!createsCustomer(session, futureUsage, saves)) return null
  const details = session.customer_details
  const { email, name, phone, address } = details ?? { email: null, name: null, phone: null, address: null }
  const customer = createCustomer(world, { email, name, phone, address })
  world.store.patch('session', session.id, { customer: customer.id })
  return customer.id
}

/** Ties the method to the customer when the session or the buyer asked for it to be kept. */
export function keepMethod(world: World, session: Session, method: string, futureUsage: boolean): void {
  const { saves_payment_method: saves } = world.store.need('session_state', session.id)
  if (session.customer === null || !(futureUsage || saves || session.mode === 'subscription')) return
  if (world.store.need('payment_method', method).type === 'ideal') return
  attachPaymentMethod(world, method, session.customer as string, redisplayOf(session, saves))
}

/** The session's `payment_status` for what became of its payment intent. */
function paymentStatusOf(
  session: Session,
  intent: Records['payment_intent'] | undefined,
): Session['payment_status'] {
  if (!intent) return session.amount_total === 0 ? 'no_payment_required' : 'unpaid'
  return intent.status === 'succeeded' ? 'paid' : 'unpaid'
}

/** Completes an open session. `method` is what was paid with, null when nothing was due and nothing given. */
export function completeSession(world: World, id: string, method: string | null): Session {
  const session = world.store.need('session', id)
  const state = world.store.need('session_state', id)
  const intent = state.payment_intent ? world.store.need('payment_intent', state.payment_intent) : undefined
  const subscription =
    session.mode === 'subscription' ? createSubscription(world, session, state.line_items, method) : null
  const invoice =
    subscription && firstInvoice(world, subscription, session.amount_total ?? 0, state.payment_intent)
  dropTasks(world, 'expire_session', id)
  const complete = world.store.patch('session', id, {
    status: 'complete',
    client_secret: null,
    payment_status: paymentStatusOf(session, intent),
    ...(subscription ? { subscription: subscription.id, invoice: invoice?.id ?? null } : {}),
  })
  emit(world, 'checkout.session.completed', complete)
  return complete
}
