import type { LinkItem } from '@/db/types'
import { createPrice, createProduct, type Price } from '@/lib/catalog/catalog'
import type { PriceData } from '@/lib/catalog/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'

/** An item as it is asked for: of a price, or with one described in place. */
export type ItemInput = Omit<LinkItem, 'price'> & {
  price?: string | undefined
  price_data?: PriceData | undefined
}

/**
 * The items as if what they describe had been made, and those prices: what is wrong with a link is to be found
 * before anything is made at Stripe, where it would stay.
 */
export function draftPrices(items: ItemInput[]): { items: LinkItem[]; drafts: Price[] } {
  const drafts: Price[] = []
  const drafted = items.map(({ price, price_data: data, ...item }, index) => {
    const id = price ?? `draft_${index}`
    if (data) drafts.push(draftOf(id, data))
    return { ...item, price: id }
  })
  return { items: drafted, drafts }
}

function draftOf(id: string, { product, currency, unit_amount, recurring }: PriceData): Price {
  return {
    id,
    livemode: env().stripe.livemode,
    productId: product ?? '',
    currency,
    unitAmount: unit_amount,
    type: recurring ? 'recurring' : 'one_time',
    recurring: recurring ?? null,
    customUnitAmount: null,
    active: true,
    createdAt: new Date(),
  }
}

/**
 * Makes what items describe in place, products and prices of the catalogue like any other. Products they name are
 * known by then (`readParts`).
 * @throws AppError `invalid_request` naming the field, `stripe_unavailable`
 */
export async function makePrices(items: ItemInput[]): Promise<LinkItem[]> {
  const made: LinkItem[] = []
  for (const [index, { price, price_data: data, ...item }] of items.entries()) {
    const id = data ? await makePrice(data, `line_items[${index}][price_data]`) : price
    if (id === undefined) throw new Error('an item has neither a price nor one described')
    made.push({ ...item, price: id })
  }
  return made
}

async function makePrice({ product, product_data, ...data }: PriceData, at: string): Promise<string> {
  const owner = product_data
    ? (await within(`${at}[product_data]`, () => createProduct(product_data))).id
    : (product ?? '')
  return (await within(at, () => createPrice({ ...data, product: owner }))).id
}

/** A refusal names its field as it is called from here: `recurring[interval]` inside `at`. */
async function within<T>(at: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code !== 'not_found' && error.code !== 'invalid_request') throw error
    const inner = error.param?.replace(/^[^[]+/, '[$&]') ?? ''
    throw new AppError('invalid_request', error.message, { param: at + inner, cause: error })
  }
}
