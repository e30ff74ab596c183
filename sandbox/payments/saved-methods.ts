import { emit } from '../events'
import { invalidRequest, noSuch } from '../http/errors'
import type { Records } from '../state/records'
import type { World } from '../world'
import { requireUnspent } from './payment-method'
import type { Session } from './session'

type Method = Records['payment_method']

/** What a browser may know of a saved card; Stripe.js shows cards only (`StripeCheckoutSavedPaymentMethod`). */
export type SavedMethod = Pick<Method, 'id' | 'type' | 'billing_details' | 'allow_redisplay'> & {
  card: Pick<NonNullable<Method['card']>, 'brand' | 'exp_month' | 'exp_year' | 'last4'>
}

/** A customer's cards that may be shown again, newest first, as `allow_redisplay` says; at most fifty. */
export function savedMethods(world: World, customer: string, filters: readonly string[]): SavedMethod[] {
  const shown = world.store.list('payment_method').flatMap((method): SavedMethod[] => {
    const { id, type, card, billing_details, allow_redisplay = 'unspecified' } = method
    if (method.customer !== customer || !card || !filters.includes(allow_redisplay)) return []
    const { brand, exp_month, exp_year, last4 } = card
    return [{ id, type, billing_details, allow_redisplay, card: { brand, exp_month, exp_year, last4 } }]
  })
  return shown.slice(0, 50)
}

/** The cards a session's customer may choose from; null for a guest. */
export function savedMethodsOf(world: World, session: Session): SavedMethod[] | null {
  if (session.customer === null) return null
  const filters = session.saved_payment_method_options?.allow_redisplay_filters ?? ['always']
  return savedMethods(world, session.customer as string, filters)
}

/** Refuses a method that is kept for somebody else, or may not be shown to this session's customer. */
export function requireUsable(world: World, session: Session, method: Method): void {
  if (method.customer === null) {
    requireUnspent(world, method.id)
    return
  }
  const known = savedMethodsOf(world, session)?.some(({ id }) => id === method.id)
  if (!known) throw noSuch('PaymentMethod', method.id, 'payment_method', 400)
}

/** Unties a method from its customer. Throws 400 when nobody has it. */
export function detachMethod(world: World, method: Method): Method {
  if (method.customer === null) {
    const message =
      'The payment method you provided is not attached to a customer so detachment is impossible.'
    throw invalidRequest(message)
  }
  const after = world.store.patch('payment_method', method.id, { customer: null })
  world.store.patch('payment_method_state', method.id, { detached: true })
  emit(world, 'payment_method.detached', after, { customer: method.customer })
  return after
}

/** Forgets a saved card because the buyer asked, where the session lets buyers do that. */
export function removeSavedMethod(world: World, session: Session, id: string): void {
  if (session.saved_payment_method_options?.payment_method_remove !== 'enabled') {
    const message = 'This Checkout Session does not let customers remove their payment methods.'
    throw invalidRequest(message, { param: 'payment_method' })
  }
  const method = world.store.get('payment_method', id)
  if (!method || method.customer === null) throw noSuch('PaymentMethod', id, 'payment_method', 400)
  requireUsable(world, session, method)
  detachMethod(world, method)
}
