import type Stripe from 'stripe'
import type { ChargeSnapshot, LinkConfig, SnapshotItem } from '@/db/types'
import type { PublicItem, PublicOffer } from '@/lib/links/offer'
import { modeOf } from '@/lib/links/rules'
import { idOf } from './resource'

/** What the session may charge: amounts and bounds from our own price book, never from a request. */
export function chargeSnapshot(config: LinkConfig, offer: PublicOffer): ChargeSnapshot {
  const mode = modeOf(offer.items)
  const inTrial = mode === 'subscription' && config.subscription_data.trial_period_days !== null
  const [ours] = config.discounts
  const discount = config.allow_promotion_codes ? 'codes' : ours
  const shipping = offer.shipping_options.map(({ id, amount }) => ({ shipping_rate: id, amount }))
  return {
    mode,
    currency: config.currency,
    items: [
      ...offer.items.map((item) => snapshotItem(item, inTrial)),
      ...offer.optional_items.map((item) => ({ ...snapshotItem(item, inTrial), optional: true })),
    ],
    ...(discount && { discount }),
    ...(shipping.length > 0 && { shipping }),
    ...(config.automatic_tax.enabled && { automatic_tax: true }),
  }
}

function snapshotItem(item: PublicItem, inTrial: boolean): SnapshotItem {
  const { price, name, unit_amount, quantity, adjustable, recurring, chosen } = item
  return {
    price,
    name,
    unit_amount,
    quantity,
    minimum: adjustable?.minimum ?? quantity,
    maximum: adjustable?.maximum ?? quantity,
    ...(inTrial && recurring && { trial: true }),
    ...(chosen && { chosen }),
  }
}

/** The item that a line of a session sells, if it was offered. */
export function itemOf(
  { items }: ChargeSnapshot,
  { price }: Pick<Stripe.LineItem, 'price'>,
): SnapshotItem | undefined {
  const product = idOf(price?.product)
  return items.find((item) => (item.chosen ? item.chosen.product === product : item.price === price?.id))
}
