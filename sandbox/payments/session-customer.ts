import { createCustomer } from '../api/customers'
import { changedFrom, emit } from '../events'
import type { Records } from '../state/records'
import type { World } from '../world'
import { keepForLater } from './reusable'
import type { Session } from './session'

type Customer = Records['customer']

function createsCustomer(session: Session, futureUsage: boolean, saves: boolean): boolean {
  return session.mode === 'subscription' || session.customer_creation === 'always' || futureUsage || saves
}

/** Where the goods go, as customers and payment intents keep it. */
export function shippingOf(session: Session): Customer['shipping'] {
  const details = session.collected_information?.shipping_details
  return details ? { ...details, phone: session.customer_details?.phone ?? null } : null
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
  const { email, name, phone, address, business_name, individual_name } = session.customer_details ?? {}
  const shipping = shippingOf(session)
  const fields = { email, name, phone, address, business_name, individual_name }
  const customer = createCustomer(world, { ...fields, shipping })
  world.store.patch('session', session.id, { customer: customer.id })
  return customer.id
}

/**
 * Ties the method to the customer when the session or the buyer asked for it to be kept.
 * @returns the method for later charges
 */
export function keepMethod(world: World, session: Session, method: string, futureUsage: boolean): string {
  const { saves_payment_method: saves } = world.store.need('session_state', session.id)
  if (session.customer === null || !(futureUsage || saves || session.mode === 'subscription')) return method
  // "Save payment details during payment": only the box lets a method be shown to its owner again.
  const { payment_intent } = world.store.need('session_state', session.id)
  const charge =
    payment_intent && (world.store.need('payment_intent', payment_intent).latest_charge as string)
  return keepForLater(world, method, session.customer as string, charge, saves ? 'always' : 'limited')
}

/** Takes into an existing customer what `customer_update` allows, and an e-mail where there was none. */
export function updateCustomer(world: World, session: Session): void {
  const before = session.customer === null ? undefined : world.store.get('customer', String(session.customer))
  if (!before) return
  const { customer_update: update } = world.store.need('session_state', session.id)
  const details = session.customer_details
  const shipping = shippingOf(session)
  const change: Partial<Customer> = {}
  if (before.email === null && details?.email) change.email = details.email
  if (update?.address === 'auto' && details?.address) change.address = details.address
  if (update?.name === 'auto') {
    if (details?.name) change.name = details.name
    if (details?.business_name) change.business_name = details.business_name
    if (details?.individual_name) change.individual_name = details.individual_name
  }
  if (update?.shipping === 'auto' && shipping) change.shipping = shipping
  if (Object.keys(change).length === 0) return
  const after = world.store.patch('customer', before.id, change)
  emit(world, 'customer.updated', after, changedFrom(before, after))
}
