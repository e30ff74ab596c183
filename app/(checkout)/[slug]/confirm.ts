import type { Checkout } from '@/components/checkout/checkout-root'
import type { Locale } from '@/lib/i18n/locales'
import type { WalletEvent } from './express-pay'
import type { HoldRefusal } from './hold-call'
import type { Asking, AskingRefusal } from './use-asking'

export type ConfirmOutcome =
  /** Nothing was sent: fields need attention. */
  | { kind: 'invalid'; message: string }
  /** Nothing was sent: what is wrong is said beside its field. */
  | { kind: 'unanswered' }
  /** Nothing was sent: a tax ID has changed what is due. */
  | { kind: 'total_changed' }
  /** Nothing was sent: there is no place for this buyer. */
  | { kind: 'refused'; refusal: HoldRefusal }
  /** The payment certainly did not happen. */
  | { kind: 'declined'; message: string }
  /** It was not certain and then found out: nothing was charged. The reason is null where the connection was lost. */
  | { kind: 'undone'; reason: string | null }
  /** Go there: the server knows what became of it. */
  | { kind: 'leave'; to: string; paid: boolean }

/** The address that finds out what happened and leads on: receipt, landing page, or back to the link. */
export function returnAddress(slug: string, session: string, locale: Locale): string {
  return `/${slug}/return?${new URLSearchParams({ session_id: session, locale })}`
}

let leaving = false

/** Goes on to `address`, once: the session's own news and the answer to the confirmation arrive together. */
export function leaveFor(address: string): void {
  if (leaving) return
  leaving = true
  location.replace(address)
}

type Confirming = {
  locale: Locale
  /** What the link asks beside the payment: checked, then kept. */
  asking: Asking
  /** What the buyer's wallet said, where they pay with one: it brings what the fields would have. */
  wallet: WalletEvent | null
  /** Takes the buyer's place just before the payment; says why there is none. */
  hold: (() => Promise<HoldRefusal | null>) | null
  /** Called when the outcome has to be found out. */
  onUnknown: () => void
}

/**
 * Confirms the session and says what is certain about it. An outcome Stripe.js could not tell is asked of our
 * server, however long the network is away: a buyer must not be asked to pay again on a guess.
 */
export async function confirmPayment(
  checkout: Checkout,
  slug: string,
  { locale, asking, wallet, hold, onUnknown }: Confirming,
): Promise<ConfirmOutcome> {
  const form = wallet ? asking.answers : asking
  const valid = wallet ? null : await checkout.validateElements()
  if (!form.check()) return { kind: 'unanswered' }
  if (valid?.type === 'error') return { kind: 'invalid', message: valid.error.message }
  const open = await form.save(checkout).catch((): AskingRefusal => ({ kind: 'unavailable' }))
  if (open) return notAnswered(open)
  const refusal = hold && (await hold())
  if (refusal) return { kind: 'refused', refusal }
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
  return { kind: 'undone', reason: result?.error.message ?? null }
}

function notAnswered(refusal: AskingRefusal): ConfirmOutcome {
  if (refusal === 'wrong') return { kind: 'unanswered' }
  return refusal === 'total' ? { kind: 'total_changed' } : { kind: 'refused', refusal }
}

/**
 * Where the return address leads: a path of ours, or itself where that cannot be told from here. Waits for the
 * network, and for Stripe, as long as it takes.
 */
export async function findOut(address: string, onUnknown = () => {}): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(address, { cache: 'no-store' })
      const { pathname, search } = new URL(response.url)
      const waiting = pathname.endsWith('/return/wait') || response.status >= 500
      if (!waiting) return response.ok ? pathname + search : address
    } catch {
      // A landing page elsewhere cannot be read from here, but can be gone to.
      if (await reachable()) return address
    }
    onUnknown()
    await seconds(Math.min(2 ** attempt, 15))
  }
}

async function reachable(): Promise<boolean> {
  return fetch('/icon.svg', { method: 'HEAD', cache: 'no-store' }).then(
    (response) => response.ok,
    () => false,
  )
}

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000))
}
