import type { CustomField, LinkConfig } from '@/db/types'
import { Buyer } from './buyer'
import { linkLike, type OwnLink } from './link-like'
import type { StackClient } from './stack'

/** What a session sells: quantities by price, and the amount of the one whose amount is the buyer's. */
export type Sold = { quantities: Record<string, number>; chosen: number | null }

/** Somebody with an open session on each of the two links. */
export type Visitor = { buyer: Buyer; sessions: { basket: string; gift: string } }

export type Shop = {
  basket: OwnLink
  gift: OwnLink
  /** Prices the basket offers beside its items. */
  optional: string[]
  visitor(): Promise<Visitor>
  /** What a session of the basket or of the gift sells when it is opened. */
  atFirst(link: 'basket' | 'gift'): Sold
  /** What it comes to by the price book, minor units. */
  sum(sold: Sold): number
  /** Whether the price book lets a buyer have so many of a price. */
  offers(price: string, quantity: number): boolean
  /** Whether a buyer may choose this amount. */
  takes(amount: number): boolean
}

const field = { label: 'x', optional: true, default_value: null }
const asked: CustomField[] = [
  { ...field, key: 'name', type: 'text', minimum: null, maximum: 20 },
  { ...field, key: 'size', type: 'dropdown', options: [{ label: 'Large', value: 'l' }] },
  { ...field, key: 'gift', type: 'checkbox', default_value: false },
]

/** Two links that let a buyer decide what they can decide at all, with a price book read from Stripe itself. */
export async function openShop(stack: StackClient): Promise<Shop> {
  const settings = { custom_fields: asked, restrictions: { completed_sessions: { limit: 500 } } }
  const basket = await linkLike(stack, 'winter-reading', settings)
  const gift = await linkLike(stack, 'reading-room', settings)
  const { line_items: items, optional_items: optional } = await configOf(stack, basket)
  const amounts = new Map<string, number>()
  for (const { price } of [...items, ...optional]) {
    const { unit_amount } = await stack.sandbox.stripe.prices.retrieve(price)
    amounts.set(price, unit_amount ?? Number.NaN)
  }
  const custom = (await stack.sandbox.stripe.prices.retrieve(gift.price)).custom_unit_amount
  const [least, most] = [custom?.minimum ?? Number.NaN, custom?.maximum ?? Number.NaN]
  const first = {
    basket: {
      quantities: Object.fromEntries(items.map((each) => [each.price, each.quantity])),
      chosen: null,
    },
    gift: { quantities: {}, chosen: custom?.preset ?? Number.NaN },
  }
  return {
    basket,
    gift,
    optional: optional.map(({ price }) => price),
    visitor: async () => {
      const buyer = new Buyer(stack)
      const [one, other] = [await buyer.open(basket.slug), await buyer.open(gift.slug)]
      return { buyer, sessions: { basket: one.id, gift: other.id } }
    },
    atFirst: (link) => structuredClone(first[link]),
    sum: ({ quantities, chosen }) =>
      Object.entries(quantities).reduce((sum, [price, count]) => sum + (amounts.get(price) ?? 0) * count, 0) +
      (chosen ?? 0),
    offers: (price, quantity) => {
      const item = optional.find((each) => each.price === price)
      if (!item || quantity === 0) return item !== undefined
      const { enabled, minimum, maximum } = item.adjustable_quantity
      return enabled ? quantity >= minimum && quantity <= maximum : quantity === item.quantity
    },
    takes: (amount) => Number.isInteger(amount) && amount >= least && amount <= most,
  }
}

async function configOf({ sql }: Pick<StackClient, 'sql'>, { id }: OwnLink): Promise<LinkConfig> {
  const [row] = await sql<{ config: LinkConfig }[]>`
    select config from payment_link_versions where link_id = ${id}`
  if (!row) throw new Error(`${id} has no version`)
  return row.config
}

/** All that is known of a visitor's sessions, here and at Stripe. */
export async function stateOf({ sql, sandbox }: StackClient, { sessions }: Visitor): Promise<unknown> {
  const ids = Object.values(sessions)
  const rows = await sql`
    select s.status, payment_status, snapshot, chosen_amounts, answers, consent, client_reference_id,
      prefilled_email, locked_email, locale, last_touch, h.state as hold
    from checkout_sessions s left join place_holds h on h.checkout_session_id = s.id
    where stripe_session_id in ${sql(ids)} order by stripe_session_id`
  const expand = ['line_items']
  const atStripe = ids.map((id) => sandbox.stripe.checkout.sessions.retrieve(id, { expand }))
  return JSON.parse(JSON.stringify([...rows, ...(await Promise.all(atStripe))]))
}
