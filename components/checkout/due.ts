import type { PublicLink } from '@/lib/links/public'
import type { Checkout } from './checkout-root'

/** What decides whether a way to pay is asked for. */
export type Purchase = Pick<
  PublicLink,
  'submit_type' | 'mode' | 'payment_method_collection' | 'automatic_tax'
>

export function purchaseOf(link: Purchase): Purchase {
  const { submit_type, mode, payment_method_collection, automatic_tax } = link
  return { submit_type, mode, payment_method_collection, automatic_tax }
}

/** Whether nothing is due today and no way to pay is wanted for later: then the form asks for none. */
export function isFree(
  checkout: Checkout,
  { mode, payment_method_collection: collection }: Purchase,
): boolean {
  if (checkout.total.total.minorUnitsAmount !== 0) return false
  return mode === 'payment' || collection === 'if_required'
}
