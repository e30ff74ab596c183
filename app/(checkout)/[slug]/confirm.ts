import type { StripeCheckoutContact } from '@stripe/stripe-js'
import type { Checkout } from '@/components/checkout/checkout-root'
import type { Locale } from '@/lib/i18n/locales'
import { findOut, seconds } from '../find-out'
import type { Asking, AskingRefusal } from './asking'
import type { AddressDraft } from './draft'
import type { WalletEvent } from './express-pay'
import type { HoldRefusal } from './hold-call'
import { callSession } from './session-call'

export type ConfirmOutcome =
  /** Nothing was sent: fields need attention. */
  | { kind: 'invalid'; message: string }
  /** Nothing was sent: what is wrong is said beside its field. */
  | { kind: 'unanswered' }
  /** Nothing was sent: what is due is no longer what the buyer read when they pressed. */
  | { kind: 'total_changed' }
  /** Nothing was sent: there is no place for this buyer. */
  | { kind: 'refused'; refusal: HoldRefusal }
  /** The payment certainly did not happen. */
  | { kind: 'declined'; message: string }
  /** It was not certain and then found out: nothing was charged. The reason is null where the connection was lost. */
  | { kind: 'undone'; reason: string | null }
  /** Nothing was charged, and this session cannot be paid any more. */
  | { kind: 'ended' }
  /** Go there: the server knows what became of it. */
  | { kind: 'leave'; to: string; paid: boolean }

/** The address that finds out what happened and leads on: receipt, landing page, or back to the link. */
export function returnAddress(slug: string, session: string, locale: Locale): string {
  return `/${slug}/return?${new URLSearchParams({ session_id: session, locale })}`
}

type Confirming = {
  locale: Locale
  /** The session as the buyer saw it when they pressed. */
  seen: Checkout
  /** The session as it is now. */
  latest: () => Checkout
  /** The whole addresses that stand in the fields, where the total hangs on them; else null. */
  typed: AddressDraft | null
  /** What the link asks beside the payment: checked, then kept. */
  asking: Asking
  /** What the buyer's wallet said, where they pay with one: it brings what the fields would have. */
  wallet: WalletEvent | null
  /** Takes the buyer's place just before the payment; says why there is none. */
  hold: () => Promise<HoldRefusal | null>
  /** Called when the outcome has to be found out. */
  onUnknown: () => void
}

/**
 * Confirms the session and says what is certain about it. An outcome Stripe.js could not tell is asked of our
 * server, however long the network is away: a buyer must not be asked to pay again on a guess.
 */
export async function confirmPayment(
  slug: string,
  { locale, seen: checkout, latest, typed, asking, wallet, hold, onUnknown }: Confirming,
): Promise<ConfirmOutcome> {
  const byWallet = wallet !== null
  const isChanged = () => dueOf(latest()) !== dueOf(checkout)
  if (isChanged()) return { kind: 'total_changed' }
  const valid = wallet ? null : await checkout.validateElements()
  if (!asking.check(byWallet)) return { kind: 'unanswered' }
  if (valid?.type === 'error' && valid.error.code !== 'no_elements') {
    return { kind: 'invalid', message: valid.error.message }
  }
  const open = await asking.save(latest(), byWallet).catch((): AskingRefusal => ({ kind: 'unavailable' }))
  if (open === 'wrong') return { kind: 'unanswered' }
  if (open === 'total') return { kind: 'total_changed' }
  if (open) return refused(slug, checkout.id, open)
  // A wallet has shown its owner the total with the address it brings.
  if (!byWallet) {
    await caughtUp(latest, typed)
    if (isChanged()) return { kind: 'total_changed' }
  }
  const refusal = await hold()
  if (refusal) return refused(slug, checkout.id, refusal)
  const result = await checkout
    .confirm({ redirect: 'if_required', ...(wallet && { expressCheckoutConfirmEvent: wallet }) })
    .catch(() => null)
  if (result?.type === 'success') {
    const { status } = result.session
    const paid = status.type === 'complete' && status.paymentStatus !== 'unpaid'
    return { kind: 'leave', to: returnAddress(slug, checkout.id, locale), paid }
  }
  if (result?.error.code === 'paymentFailed') return { kind: 'declined', message: result.error.message }
  if (!result) onUnknown()
  // Stripe.js tells a lost connection like any refusal, and a lost request may still be on its way.
  await seconds(2)
  const landed = await findOut(returnAddress(slug, checkout.id, locale), onUnknown)
  if (landed.split('?')[0] !== `/${slug}`) return { kind: 'leave', to: landed, paid: false }
  return (await isPayable(slug, checkout.id))
    ? { kind: 'undone', reason: result?.error.message ?? null }
    : { kind: 'ended' }
}

/** Whether a session is still the one this browser would pay; yes where it cannot be found out. */
async function isPayable(slug: string, id: string): Promise<boolean> {
  const answer = await callSession(slug)
  if (answer.kind !== 'answered') return answer.kind === 'busy'
  const { session } = answer
  return session.state === 'open' && session.client_secret.startsWith(`${id}_secret_`)
}

const dueOf = (checkout: Checkout) => checkout.total.total.minorUnitsAmount

/** Waits until the session has the addresses that were just typed: tax may come with them. */
async function caughtUp(latest: () => Checkout, typed: AddressDraft | null): Promise<void> {
  if (!typed) return
  for (let tries = 0; tries < 30; tries += 1) {
    const { shippingAddress, billingAddress } = latest()
    const isKnown =
      isSame(typed.shippingAddress, shippingAddress) && isSame(typed.billingAddress, billingAddress)
    if (isKnown) return
    await seconds(0.1)
  }
}

/** Of what decides a tax; spelt as the provider likes. */
function isSame(typed: StripeCheckoutContact | undefined, known: StripeCheckoutContact | null): boolean {
  const place = (contact: StripeCheckoutContact | null | undefined) =>
    (['country', 'state', 'postal_code', 'city'] as const)
      .map((part) => contact?.address[part] ?? '')
      .join('|')
      .toLowerCase()
      .replaceAll(' ', '')
  return !typed || place(typed) === place(known)
}

/** What could not be kept or held may be so because the session has ended. */
async function refused(slug: string, id: string, refusal: HoldRefusal): Promise<ConfirmOutcome> {
  const isOdd = refusal.kind === 'unavailable' || refusal.kind === 'unknown'
  return isOdd && !(await isPayable(slug, id)) ? { kind: 'ended' } : { kind: 'refused', refusal }
}
