import { inArray } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { prices } from '@/db/schema'
import type { LinkConfig, LinkItem } from '@/db/types'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { maximumAmount, minimumCharge } from '@/lib/money'
import { checkRules } from './rules'

type Price = typeof prices.$inferSelect

type Unpriced = Omit<LinkConfig, 'currency'>
type List = 'line_items' | 'optional_items'

/**
 * Checks what a link would sell against the mirrored prices and returns its currency.
 * Rules of Stripe Payment Links: existing, active prices of one currency; recurring ones share an interval;
 * a sole item never goes to 0; the first total is nothing or at least Stripe's minimum charge.
 *
 * @param fixed the link's currency where it is fixed already
 * @param drafts prices that are still to be made
 * @throws AppError `invalid_request` naming the item
 */
export async function checkOffer(
  tx: Writer,
  config: Unpriced,
  fixed?: string,
  drafts: Price[] = [],
): Promise<string> {
  const sold = await soldPrices(tx, config, 'line_items', drafts)
  const offered = await soldPrices(tx, config, 'optional_items', [])
  const all = [...sold, ...offered]
  const [sole] = config.line_items
  if (config.line_items.length === 1 && sole?.adjustable_quantity.enabled) {
    sole.adjustable_quantity.minimum ||= 1
  }
  if (new Set(all.map(({ price }) => price.id)).size < all.length) {
    throw new AppError('invalid_request', 'A price can stand on a link only once; raise its quantity.', {
      param: 'line_items',
    })
  }
  const currency = fixed ?? sold[0]?.price.currency ?? ''
  for (const { price, at } of all) {
    if (price.currency === currency) continue
    throw refuse(at, `All prices of a link have one currency; this one is in ${price.currency}.`)
  }
  checkIntervals(all.map(({ price }) => price))
  checkTotal(
    sold.reduce((total, { price, quantity }) => total + (price.unitAmount ?? 0) * quantity, 0),
    currency,
  )
  const priced = { ...config, currency }
  checkRules(
    priced,
    sold.map(({ price }) => price),
    offered.map(({ price }) => price),
  )
  checkInventory(priced)
  return currency
}

/** The prices of a list, each with the name of its field for a refusal. */
async function soldPrices(tx: Writer, config: Unpriced, list: List, drafts: Price[]) {
  const items = config[list]
  if (items.length === 0) return []
  const ids = items.map((item) => item.price)
  const found = [...drafts, ...(await tx.select().from(prices).where(inArray(prices.id, ids)))]
  return items.map((item: LinkItem, index) => {
    const at = `${list}[${index}][price]`
    const price = found.find(({ id }) => id === item.price)
    if (!price || price.livemode !== env().stripe.livemode) {
      throw refuse(at, `No such price: ${item.price}`)
    }
    if (!price.active) throw refuse(at, `The price ${price.id} is archived.`)
    return { price, quantity: item.quantity, at }
  })
}

/** A stock belongs to an item of the link. */
function checkInventory({ restrictions, line_items, optional_items }: LinkConfig): void {
  for (const price of Object.keys(restrictions?.inventory ?? {})) {
    if ([...line_items, ...optional_items].some((item) => item.price === price)) continue
    throw new AppError('invalid_request', 'A stock can only be given to an item of the link.', {
      param: `restrictions[inventory][${price}]`,
    })
  }
}

function checkIntervals(sold: Price[]): void {
  const intervals = sold.flatMap(({ recurring }) =>
    recurring ? [`${recurring.interval_count} ${recurring.interval}`] : [],
  )
  if (new Set(intervals).size > 1) {
    throw new AppError('invalid_request', 'Recurring prices of one link must share an interval.', {
      param: 'line_items',
    })
  }
}

function checkTotal(total: number, currency: string): void {
  if (total > maximumAmount) {
    throw new AppError('invalid_request', 'The total is larger than Stripe accepts.', { param: 'line_items' })
  }
  if (total > 0 && total < minimumCharge(currency)) {
    throw new AppError('invalid_request', `The total is below Stripe's smallest charge in ${currency}.`, {
      param: 'line_items',
    })
  }
}

function refuse(param: string, message: string): AppError {
  return new AppError('invalid_request', message, { param })
}
