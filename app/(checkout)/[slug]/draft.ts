import type { StripeCheckoutContact } from '@stripe/stripe-js'
import type { Answers } from '@/lib/checkout/answer-rules'

/** Addresses as far as they were typed; Stripe keeps whole ones with its session, and half ones nowhere. */
export type AddressDraft = { shippingAddress?: StripeCheckoutContact; billingAddress?: StripeCheckoutContact }

/** What in an address says who is buying; another one has another session, and nobody reads what others typed. */
const identity = ['customer', 'client_reference_id', 'locked_prefilled_email', 'prefilled_email']

function name(slug: string): string {
  const given = new URLSearchParams(location.search)
  return `buylink:${slug}:${identity.map((key) => given.get(key) ?? '').join(' ')}`
}
const addressName = (slug: string) => `${name(slug)}:addresses`

/** What was typed into this tab's form of a link, whatever its session; nothing of a card is ever in it. */
export function readDraft(slug: string): Answers {
  return read<Answers>(name(slug))
}

/** Keeps it for a reload or a way back from a bank. A browser that keeps nothing loses nothing else. */
export function keepDraft(slug: string, typed: Answers): void {
  write(name(slug), { ...readDraft(slug), ...typed })
}

export function readAddressDraft(slug: string): AddressDraft {
  return read<AddressDraft>(addressName(slug))
}

/** Keeps what stands in an address element. */
export function keepAddressDraft(
  slug: string,
  kind: keyof AddressDraft,
  contact: StripeCheckoutContact,
): void {
  write(addressName(slug), { ...readAddressDraft(slug), [kind]: contact })
}

/** Called when the buyer goes on for good. */
export function forgetDraft(slug: string): void {
  try {
    sessionStorage.removeItem(name(slug))
    sessionStorage.removeItem(addressName(slug))
  } catch {}
}

function read<T extends object>(key: string): T {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}')
    return (typeof kept === 'object' && kept !== null ? kept : {}) as T
  } catch {
    return {} as T
  }
}

function write(key: string, value: object): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value))
  } catch {}
}
