import { inArray } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { prices } from '@/db/schema'
import type { LinkConfig, LinkItem } from '@/db/types'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { maximumAmount, minimumCharge } from '@/lib/money'

type Price = typeof prices.$inferSelect

/**
 * Checks what a link would sell against the mirrored prices and returns its currency.
 * Rules of Stripe Payment Links: existing, active prices of one currency; recurring ones share an interval;
 * a sole item never goes to 0; the first total is nothing or at least Stripe's minimum charge.
 *
 * @param currency the link's currency where it is fixed already
 * @throws AppError `invalid_request` naming the item
 */
export async function checkLineItems(tx: Writer, items: LinkItem[], currency?: string): Promise<string> {
  const ids = items.map((item) => item.price)
  const found = await tx.select().from(prices).where(inArray(prices.id, ids))
  const sold = items.map((item, index) => {
    const price = found.find(({ id }) => id === item.price)
    if (!price || price.livemode !== env().stripe.livemode) {
      throw refuse(index, 'price', `No such price: ${item.price}`)
    }
    checkPrice(price, index)
    return { ...item, price }
  })
  if (new Set(ids).size < ids.length) {
    throw new AppError('invalid_request', 'A price can stand on a link only once; raise its quantity.', {
      param: 'line_items',
    })
  }
  const [sole] = items
  if (items.length === 1 && sole?.adjustable_quantity.enabled && sole.adjustable_quantity.minimum === 0) {
    sole.adjustable_quantity.minimum = 1
  }
  const common = currency ?? sold[0]?.price.currency ?? ''
  for (const [index, { price }] of sold.entries()) {
    if (price.currency !== common) {
      throw refuse(
        index,
        'price',
        `All prices of a link have one currency; this one is in ${price.currency}.`,
      )
    }
  }
  checkIntervals(sold.map(({ price }) => price))
  checkTotal(
    sold.reduce((total, { price, quantity }) => total + (price.unitAmount ?? 0) * quantity, 0),
    common,
  )
  return common
}

/**
 * A stock belongs to an item of the link.
 * @throws AppError `invalid_request` naming the price
 */
export function checkInventory({ restrictions, line_items }: LinkConfig): void {
  for (const price of Object.keys(restrictions?.inventory ?? {})) {
    if (line_items.some((item) => item.price === price)) continue
    throw new AppError('invalid_request', 'A stock can only be given to an item of the link.', {
      param: `restrictions[inventory][${price}]`,
    })
  }
}

function checkPrice(price: Price, index: number): void {
  if (!price.active) throw refuse(index, 'price', `The price ${price.id} is archived.`)
  if (price.unitAmount === null) {
    throw refuse(index, 'price', `The price ${price.id} has no fixed amount.`)
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

function refuse(index: number, field: string, message: string): AppError {
  return new AppError('invalid_request', message, { param: `line_items[${index}][${field}]` })
}
