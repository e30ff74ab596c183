import { eq } from 'drizzle-orm'
import type Stripe from 'stripe'
import { db } from '@/db/client'
import { checkoutSessions } from '@/db/schema'
import { AppError } from '@/lib/errors'
import { newToken } from '@/lib/ids'
import { chosenProblem } from '@/lib/links/chosen-amount'
import { type PublicItem, publicOffer } from '@/lib/links/offer'
import { callStripe } from '@/lib/stripe/calls'
import { lineParams } from './line-params'
import type { CheckoutSession } from './open'
import { configOf, ownSession } from './own-session'
import { readSession } from './read'
import { inTurn } from './turns'

type Lines = NonNullable<Stripe.Checkout.SessionUpdateParams['line_items']>

/**
 * `not_offered`: no such item, quantity or amount in this session's version of the link; `last`: it would leave
 * nothing to buy; `ended`: the session is no longer open.
 */
export type ChangeAnswer = { kind: 'changed' } | { kind: 'refused'; why: 'not_offered' | 'last' | 'ended' }

/** `unavailable`: it could not be done now; `unknown`: this browser has no such checkout. */
export type ChangeReply = ChangeAnswer | { kind: 'unavailable' } | { kind: 'unknown' }

const refused = (why: Extract<ChangeAnswer, { kind: 'refused' }>['why']): ChangeAnswer => ({
  kind: 'refused',
  why,
})

/**
 * Puts an optional item of the link into what a session buys, changes how many of it, or takes it out.
 * The browser names ids and quantities; what they cost is the price book's.
 *
 * @param quantity 0 takes it out
 * @param buyerHash of the asking browser, which must be the session's
 * @throws AppError `not_found`, `stripe_unavailable`
 */
export async function changeOptionalItem(
  stripeSessionId: string,
  buyerHash: string,
  { price, quantity }: { price: string; quantity: number },
): Promise<ChangeAnswer> {
  const row = await ownSession(stripeSessionId, buyerHash)
  const offer = await publicOffer(await configOf(db(), row))
  const item = offer.optional_items.find((one) => one.price === price)
  if (!item || !isOffered(item, quantity)) return refused('not_offered')
  if (row.status !== 'open') return refused('ended')
  return inTurn(row.id, async () => {
    const { session, lines } = await readSession(stripeSessionId)
    if (session.status !== 'open') return refused('ended')
    const wanted = withItem(lines, item, quantity, row.snapshot.currency)
    if (wanted === null) return refused('last')
    await writeLines(stripeSessionId, wanted)
    return { kind: 'changed' }
  })
}

function isOffered({ quantity, adjustable }: PublicItem, wanted: number): boolean {
  if (wanted === 0) return true
  return adjustable ? wanted >= adjustable.minimum && wanted <= adjustable.maximum : wanted === quantity
}

/**
 * All lines of a session with so many of one item; Stripe drops a line that is not sent again.
 * @returns null where nothing would be left
 */
export function withItem(
  lines: Pick<Stripe.LineItem, 'id' | 'price' | 'quantity'>[],
  item: PublicItem,
  quantity: number,
  currency: string,
): Lines | null {
  const isItem = ({ price }: Pick<Stripe.LineItem, 'price'>) => price?.id === item.price
  const others = lines.filter((line) => !isItem(line))
  if (quantity === 0) {
    return others.some((line) => (line.quantity ?? 0) > 0) ? others.map(({ id }) => ({ id })) : null
  }
  const there = lines.some(isItem)
  return [
    ...lines.map((line) => (isItem(line) ? { id: line.id, quantity } : { id: line.id })),
    ...(there ? [] : [lineParams({ ...item, quantity }, currency)]),
  ]
}

/**
 * Sets the amount a buyer chose, within the bounds of the link's price.
 *
 * @param amount minor units of the link's currency
 * @param buyerHash of the asking browser, which must be the session's
 * @throws AppError `not_found`, `stripe_unavailable`
 */
export async function chooseAmount(
  stripeSessionId: string,
  buyerHash: string,
  amount: number,
): Promise<ChangeAnswer> {
  const row = await ownSession(stripeSessionId, buyerHash)
  const config = await configOf(db(), row)
  const [item] = (await publicOffer(config)).items
  if (!item?.chosen || chosenProblem(amount, item.chosen, config.currency)) return refused('not_offered')
  return inTurn(row.id, async () => {
    const now = await ownSession(stripeSessionId, buyerHash)
    if (now.status !== 'open') return refused('ended')
    const before = now.chosenAmounts.length > 0 ? now.chosenAmounts : [item.unit_amount]
    // While Stripe has not answered, either may be what is paid.
    await allow(row, [...before.filter((one) => one !== amount), amount])
    try {
      await writeLines(stripeSessionId, [lineParams(item, config.currency, amount)])
    } catch (error) {
      const isRefusal = error instanceof AppError && error.code !== 'stripe_unavailable'
      if (isRefusal) await allow(row, before)
      throw error
    }
    await allow(row, [amount])
    return { kind: 'changed' }
  })
}

async function allow({ id }: CheckoutSession, chosenAmounts: number[]): Promise<void> {
  await db().update(checkoutSessions).set({ chosenAmounts }).where(eq(checkoutSessions.id, id))
}

/** Safe to repeat: the lines are always sent as a whole. */
async function writeLines(stripeSessionId: string, lines: Lines): Promise<void> {
  await callStripe(
    'checkout.sessions.update',
    (stripe, options) => stripe.checkout.sessions.update(stripeSessionId, { line_items: lines }, options),
    newToken(),
  )
}
