import type { PublicLink } from '@/lib/links/public'

type Kind = Pick<PublicLink, 'submit_type' | 'mode'>

function purpose({ submit_type, mode }: Kind): Exclude<PublicLink['submit_type'], 'auto'> {
  if (submit_type !== 'auto') return submit_type
  return mode === 'subscription' ? 'subscribe' : 'pay'
}

/** What the pay button says. Stripe Payment Links, `submit_type`: `auto` follows the kind of purchase. */
export function payLabel(kind: Kind, amount: string): string {
  return {
    pay: `Pay ${amount}`,
    book: `Book for ${amount}`,
    donate: `Donate ${amount}`,
    subscribe: `Subscribe for ${amount}`,
  }[purpose(kind)]
}

/** The line above the total, and the page's heading. */
export function offerHeading(kind: Kind, merchant: string): string {
  return {
    pay: `Pay ${merchant}`,
    book: `Book with ${merchant}`,
    donate: `Donate to ${merchant}`,
    subscribe: `Subscribe to ${merchant}`,
  }[purpose(kind)]
}
