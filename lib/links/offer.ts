import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { shippingRates } from '@/db/offers-schema'
import { prices, products } from '@/db/schema'
import type { CustomUnitAmount, DeliveryEstimate, LinkConfig, LinkItem, Recurring } from '@/db/types'
import { chosenBounds } from './chosen-amount'

export type PublicItem = {
  price: string
  name: string
  description: string | null
  image: string | null
  quantity: number
  /** Null where the buyer cannot change the quantity. */
  adjustable: { minimum: number; maximum: number } | null
  /** Minor units of the link's currency; where the buyer chooses, what is suggested. */
  unit_amount: number
  recurring: Recurring | null
  /** Set where the buyer chooses the amount. */
  chosen: { product: string; minimum: number; maximum: number } | null
}

export type PublicShippingRate = {
  id: string
  name: string
  amount: number
  estimate: DeliveryEstimate | null
}

/** All that a version sells, with the names and amounts of its prices. */
export type PublicOffer = {
  items: PublicItem[]
  optional_items: PublicItem[]
  /** The first is preselected. */
  shipping_options: PublicShippingRate[]
}

type PricedRow = {
  id: string
  currency: string
  unitAmount: number | null
  customUnitAmount: CustomUnitAmount | null
  recurring: Recurring | null
  product: { id: string; name: string; description: string | null; images: string[] }
}

/** What the ids of a version stand for. */
export type OfferRows = { priced: PricedRow[]; rates: PublicShippingRate[] }

/**
 * Selects what the ids of a version stand for, as part of a larger read: a page costs one.
 * @param config the version's settings, a jsonb column or value
 */
export function offerRows(config: SQL) {
  const named = (list: string, field: string) => sql`(
    select named ->> ${field}::text from jsonb_array_elements(${config} -> ${list}::text) as named)`
  return {
    priced: sql<OfferRows['priced']>`(
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', ${prices.id}, 'currency', ${prices.currency}, 'unitAmount', ${prices.unitAmount},
        'customUnitAmount', ${prices.customUnitAmount}, 'recurring', ${prices.recurring},
        'product', jsonb_build_object('id', ${products.id}, 'name', ${products.name},
          'description', ${products.description}, 'images', ${products.images}))), '[]'::jsonb)
      from ${prices} join ${products} on ${eq(products.id, prices.productId)}
      where ${inArray(prices.id, sql`(${named('line_items', 'price')} union all ${named('optional_items', 'price')})`)})`,
    rates: sql<OfferRows['rates']>`(
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', ${shippingRates.id}, 'name', ${shippingRates.name},
        'amount', ${shippingRates.amount}, 'estimate', ${shippingRates.estimate})), '[]'::jsonb)
      from ${shippingRates}
      where ${inArray(shippingRates.id, named('shipping_options', 'shipping_rate'))})`,
  }
}

/** What one version sells, in its order; one read. */
export async function publicOffer(config: LinkConfig): Promise<PublicOffer> {
  const { priced, rates } = offerRows(sql`${JSON.stringify(config)}::jsonb`)
  const [rows] = await db().execute<OfferRows>(sql`select ${priced} as priced, ${rates} as rates`)
  return offerOf(config, rows ?? { priced: [], rates: [] })
}

/** Puts what a version sells in its order. */
export function offerOf(config: LinkConfig, { priced, rates }: OfferRows): PublicOffer {
  const itemOf = (item: LinkItem) => {
    const row = priced.find(({ id }) => id === item.price)
    if (!row) throw new Error(`link sells a price that is not mirrored: ${item.price}`)
    return publicItem(item, row)
  }
  return {
    items: config.line_items.map(itemOf),
    optional_items: config.optional_items.map(itemOf),
    shipping_options: config.shipping_options.flatMap(
      ({ shipping_rate: id }) => rates.find((rate) => rate.id === id) ?? [],
    ),
  }
}

function publicItem(item: LinkItem, price: PricedRow): PublicItem {
  const { enabled, minimum, maximum } = item.adjustable_quantity
  const { product } = price
  const chosen = price.customUnitAmount && chosenBounds(price.customUnitAmount, price.currency)
  const amount = chosen ? chosen.suggested : price.unitAmount
  if (amount === null) throw new Error(`link sells a price without an amount: ${item.price}`)
  return {
    price: item.price,
    name: product.name,
    description: product.description,
    image: product.images[0] ?? null,
    quantity: item.quantity,
    adjustable: enabled ? { minimum, maximum } : null,
    unit_amount: amount,
    recurring: price.recurring,
    chosen: chosen && { product: product.id, minimum: chosen.minimum, maximum: chosen.maximum },
  }
}
