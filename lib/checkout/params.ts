import type Stripe from 'stripe'
import type { ChargeSnapshot, LinkConfig, Tracking } from '@/db/types'
import type { LinkParams } from '@/lib/links/params'
import type { PublicItem } from '@/lib/links/public'

type Opening = {
  sessionId: string
  link: { id: string; slug: string; version: number }
  config: LinkConfig
  items: PublicItem[]
  params: LinkParams
  baseUrl: string
}

/** What the session may charge: amounts and bounds from our own price book, never from a request. */
export function chargeSnapshot(config: LinkConfig, items: PublicItem[]): ChargeSnapshot {
  return {
    mode: items.some((item) => item.recurring) ? 'subscription' : 'payment',
    currency: config.currency,
    items: items.map((item) => ({
      price: item.price,
      name: item.name,
      unit_amount: item.unit_amount,
      quantity: item.quantity,
      minimum: item.adjustable?.minimum ?? item.quantity,
      maximum: item.adjustable?.maximum ?? item.quantity,
    })),
  }
}

/**
 * The body of Stripe's "create a Checkout Session" (`ui_mode: elements`). It holds no clock and no randomness
 * of its own, is stored before it is sent, and is sent again unchanged.
 */
export function sessionParams(opening: Opening): Stripe.Checkout.SessionCreateParams {
  const { config, items, params, link } = opening
  const { mode } = chargeSnapshot(config, items)
  const metadata = sessionMetadata(opening)
  return {
    ui_mode: 'elements',
    mode,
    line_items: items.map((item) => ({
      price: item.price,
      quantity: item.quantity,
      ...(item.adjustable && { adjustable_quantity: { enabled: true, ...item.adjustable } }),
    })),
    return_url: `${opening.baseUrl}/${link.slug}/return?session_id={CHECKOUT_SESSION_ID}`,
    metadata,
    ...(mode === 'payment' ? { payment_intent_data: { metadata } } : { subscription_data: { metadata } }),
    ...(params.client_reference_id && { client_reference_id: params.client_reference_id }),
    ...(params.locked_prefilled_email && { customer_email: params.locked_prefilled_email }),
  }
}

/** Stripe keeps 50 keys; ours name the session and its campaign, the merchant's fill the rest. */
function sessionMetadata({ sessionId, link, config, params }: Opening): Record<string, string> {
  const ours: Record<string, string> = {
    buylink_session: sessionId,
    buylink_link: link.id,
    buylink_version: String(link.version),
    ...params.tracking,
    ...(params.client_reference_id && { client_reference_id: params.client_reference_id }),
  }
  const room = 50 - Object.keys(ours).length
  const theirs = Object.entries(config.metadata).filter(([key]) => !(key in ours))
  return { ...Object.fromEntries(theirs.slice(0, room)), ...ours }
}

/** Whether two visits came with the same codes. */
export function sameTracking(one: Tracking, other: Tracking): boolean {
  const codes = (tracking: Tracking) => JSON.stringify(Object.entries(tracking).sort())
  return codes(one) === codes(other)
}
