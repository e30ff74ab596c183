import type { Records, SessionDiscount, SessionState } from '../state/records'
import type { World } from '../world'
import type { LineItem } from './line-items'
import { periodEnd } from './subscription-period'
import { taxationOf } from './tax-rates'
import { exclusiveTax, type Taxation } from './taxes'
import { reckonLines } from './totals'

type Session = Records['session']
type SubscriptionData = SessionState['subscription_data']

const day = 86_400

/** The trial of a subscription that starts at `now`, in Unix seconds; null without one. */
export function trialOf(data: SubscriptionData, now: number): { end: number; days: number } | null {
  const { trial_period_days: days, trial_end: end } = data
  if (days !== undefined) return { end: now + days * day, days }
  return typeof end === 'number' ? { end, days: Math.ceil((end - now) / day) } : null
}

/** What a subscription charges each period; `start` is its beginning, `charged` whether it has charged yet. */
export type Renewing = Taxation & {
  lines: readonly LineItem[]
  currency: string
  discount: SessionDiscount | null
  start: number
  charged: boolean
}

function discountAt({ discount, start, charged }: Renewing, at: number): SessionDiscount | null {
  const { duration, duration_in_months: months } = discount?.coupon ?? {}
  if (duration === 'once') return charged ? null : discount
  if (duration !== 'repeating') return discount
  return at < periodEnd(start, 'month', months ?? 1) ? discount : null
}

/** The recurring lines with what they cost at a moment: a coupon lasts as long as its `duration` says. */
export function renewalLines(renewing: Renewing, at: number): LineItem[] {
  const { lines, ...terms } = renewing
  const discount = discountAt(renewing, at)
  return reckonLines(lines, { ...terms, mode: 'subscription', inTrial: false, discount })
}

/** What Stripe.js shows as `recurring`; amounts in minor units, times in Unix seconds. */
export type Recurring = {
  interval: string
  interval_count: number
  trial: { end: number; days: number } | null
  due_next: {
    subtotal: number
    discount: number
    tax_exclusive: number
    tax_inclusive: number
    total: number
  }
}

/** What a session's subscription will cost when it is due next; null where nothing repeats. */
export function recurringOf(world: World, session: Session, state: SessionState): Recurring | null {
  const lines = state.line_items.filter((line) => line.price?.recurring)
  const rhythm = lines[0]?.price?.recurring
  if (!rhythm) return null
  const now = world.clock.seconds()
  const trial = trialOf(state.subscription_data, now)
  const { interval, interval_count } = rhythm
  const renewing = {
    lines,
    currency: session.currency ?? 'usd',
    ...taxationOf(world, session, state),
    discount: state.discount,
    start: now,
    charged: trial === null,
  }
  const next = renewalLines(renewing, trial?.end ?? periodEnd(now, interval, interval_count))
  const sum = (pick: (line: LineItem) => number) => next.reduce((total, line) => total + pick(line), 0)
  const exclusive = sum(({ taxes = [] }) => exclusiveTax(taxes))
  return {
    interval,
    interval_count,
    trial,
    due_next: {
      subtotal: sum((line) => line.amount_subtotal),
      discount: sum((line) => line.amount_discount),
      tax_exclusive: exclusive,
      tax_inclusive: sum((line) => line.amount_tax) - exclusive,
      total: sum((line) => line.amount_total),
    },
  }
}
