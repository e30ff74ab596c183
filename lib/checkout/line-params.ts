import type Stripe from 'stripe'
import type { PublicItem } from '@/lib/links/offer'

type LineItem = Stripe.Checkout.SessionCreateParams.LineItem

/**
 * An item of the link as a line of a session. Stripe takes no price whose amount is the buyer's with
 * `ui_mode: elements`; such a line is `price_data` on the same product.
 * @param amount minor units, where the buyer has chosen it
 */
export function lineParams(item: PublicItem, currency: string, amount = item.unit_amount): LineItem {
  const { price, quantity, adjustable, chosen } = item
  if (chosen) return { price_data: { currency, product: chosen.product, unit_amount: amount }, quantity }
  return {
    price,
    quantity,
    ...(adjustable && { adjustable_quantity: { enabled: true, ...adjustable } }),
  }
}
