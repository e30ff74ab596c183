import type { Checkout } from '@/components/checkout/checkout-root'
import type { Asked } from '@/lib/links/asked'
import type { HoldRefusal } from './hold-call'

/** Why what was filled in cannot be paid for yet; `wrong` is said beside the fields. */
export type AskingRefusal = 'wrong' | 'total' | HoldRefusal

/** What the link asks of a buyer beside the payment. A wallet brings what Stripe keeps of its owner by itself. */
export type Asking = {
  /** Whether all is filled in well; if not, it is said beside the fields, and the first has the focus. */
  check: (byWallet: boolean) => boolean
  /** Hands it to Stripe and to our server just before the payment. Null when the payment may go on. */
  save: (checkout: Checkout, byWallet: boolean) => Promise<AskingRefusal | null>
}

export const nothingAsked: Asking = { check: () => true, save: async () => null }

/** Whether the page has fields of its own for a link. */
export function asksMore(asked: Asked): boolean {
  const { custom_fields, terms, promotions, phone, individual_name, business_name, tax_id } = asked
  const named = [individual_name, business_name, tax_id].some((ask) => ask !== 'no')
  return custom_fields.length > 0 || terms !== null || promotions || phone || named
}
