import type { PublicLink } from '@/lib/links/public'

export type Purpose = Exclude<PublicLink['submit_type'], 'auto'>

/** What the heading and the pay button speak of. Stripe Payment Links, `submit_type`: `auto` follows the purchase. */
export function purposeOf({ submit_type, mode }: Pick<PublicLink, 'submit_type' | 'mode'>): Purpose {
  if (submit_type !== 'auto') return submit_type
  return mode === 'subscription' ? 'subscribe' : 'pay'
}
