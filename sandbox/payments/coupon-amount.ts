import type { Records } from '../state/records'
import { smallestStep } from './currencies'

type Coupon = Records['coupon']
type LineItem = NonNullable<Records['session']['line_items']>['data'][number]

/** `percent` (four decimals at most) of an amount in minor units, half up to what the currency can pay. */
export function percentOf(amount: number, percent: number, currency: string): number {
  const step = BigInt(smallestStep(currency))
  const parts = BigInt(amount) * BigInt(Math.round(percent * 10_000))
  const unit = 1_000_000n * step
  return Number(((2n * parts + unit) / (2n * unit)) * step)
}

/** Splits an amount in proportion to weights; the largest remainders take the units left over, earlier ones first. */
export function apportion(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total === 0) return weights.map(() => 0)
  const shares = weights.map((weight, index) => {
    const exact = BigInt(amount) * BigInt(weight)
    return { index, whole: Number(exact / BigInt(total)), remainder: exact % BigInt(total) }
  })
  let left = amount - shares.reduce((sum, { whole }) => sum + whole, 0)
  const byRemainder = [...shares].sort((a, b) =>
    b.remainder > a.remainder ? 1 : b.remainder < a.remainder ? -1 : 0,
  )
  for (const share of byRemainder) {
    if (left === 0) break
    share.whole += 1
    left -= 1
  }
  return shares.map(({ whole }) => whole)
}

/** Whether the coupon is meant for what a line sells. */
export function isEligible(coupon: Coupon, line: LineItem): boolean {
  const products = coupon.applies_to?.products
  return !products || products.includes(String(line.price?.product))
}

/** What a fixed coupon takes off in a currency, in minor units; undefined where it has no amount in it. */
export function fixedAmount(coupon: Coupon, currency: string): number | undefined {
  if (coupon.amount_off === null) return undefined
  return coupon.currency === currency ? coupon.amount_off : coupon.currency_options?.[currency]?.amount_off
}

/**
 * What a coupon takes off each line. `due` are the lines' amounts in minor units; never more is taken than is due.
 */
export function couponAmounts(
  coupon: Coupon,
  lines: readonly LineItem[],
  due: readonly number[],
  currency: string,
): number[] {
  const weights = lines.map((line, index) => (isEligible(coupon, line) ? (due[index] ?? 0) : 0))
  const eligible = weights.reduce((sum, weight) => sum + weight, 0)
  const wanted =
    coupon.percent_off === null
      ? (fixedAmount(coupon, currency) ?? 0)
      : percentOf(eligible, coupon.percent_off, currency)
  return apportion(Math.min(wanted, eligible), weights)
}
