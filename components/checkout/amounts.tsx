'use client'

import { formatMoney } from '@/lib/money'
import { lineOf, useCheckoutRoot } from './checkout-root'

/** What is due today: Stripe's total once the session is there, the server's equal sum before. */
export function TotalAmount({ amount, currency }: { amount: number; currency: string }) {
  const { checkout } = useCheckoutRoot()
  return <>{formatMoney(checkout?.total.total.minorUnitsAmount ?? amount, currency)}</>
}

type RecurringProps = {
  amount: number
  /** What is due today by the server's sum. */
  today: number
  currency: string
  interval: string
  /** Leaves out an amount that stands right above. */
  brief: boolean
}

/** What comes after the first payment. */
export function RecurringAmount({ amount, today, currency, interval, brief }: RecurringProps) {
  const { checkout } = useCheckoutRoot()
  const next = checkout?.recurring?.dueNext.total.minorUnitsAmount ?? amount
  const due = checkout?.total.total.minorUnitsAmount ?? today
  return <>{brief && next === due ? interval : `then ${formatMoney(next, currency)} ${interval}`}</>
}

type ItemProps = {
  price: string
  index: number
  quantity: number
  unitAmount: number
  currency: string
}

/** One item's sum, and the price of one where there are several. */
export function ItemAmount({ price, index, quantity, unitAmount, currency }: ItemProps) {
  const { checkout } = useCheckoutRoot()
  const line = lineOf(checkout, price, index)
  const count = line?.quantity ?? (checkout ? 0 : quantity)
  return (
    <>
      {formatMoney(line?.subtotal.minorUnitsAmount ?? unitAmount * count, currency)}
      {count > 1 && (
        <span className="block text-[13px] text-ink-2">{formatMoney(unitAmount, currency)} each</span>
      )}
    </>
  )
}

type TotalsProps = { amount: number; currency: string; alone: boolean; recurring: boolean }

/** The rows from subtotal to total. A sole item that is itself the total needs none. */
export function Totals({ amount, currency, alone, recurring }: TotalsProps) {
  const { checkout } = useCheckoutRoot()
  const sums = checkout?.total
  const discount = sums?.discount.minorUnitsAmount ?? 0
  const rows: [string, number][] = [
    ['Discount', -discount],
    ['Shipping', sums?.shippingRate.minorUnitsAmount ?? 0],
    ['Tax', sums?.taxExclusive.minorUnitsAmount ?? 0],
  ]
  const shown = rows.filter(([, value]) => value !== 0)
  if (alone && shown.length === 0) return null
  const money = (value: number) => formatMoney(value, currency).replace('-', '−')
  return (
    <dl className="mt-6 grid gap-2 border-t border-line pt-4 text-[15px]">
      {shown.length > 0 && (
        <Row name="Subtotal" value={money(sums?.subtotal.minorUnitsAmount ?? amount)} quiet />
      )}
      {shown.map(([name, value]) => (
        <Row key={name} name={name} value={money(value)} quiet />
      ))}
      <Row
        name={recurring ? 'Total due today' : 'Total due'}
        value={money(sums?.total.minorUnitsAmount ?? amount)}
      />
    </dl>
  )
}

function Row({ name, value, quiet = false }: { name: string; value: string; quiet?: boolean }) {
  return (
    <div className={`flex justify-between gap-4 ${quiet ? '' : 'text-base font-semibold'}`}>
      <dt className={quiet ? 'text-ink-2' : ''}>{name}</dt>
      <dd className="tabular-nums">{value}</dd>
    </div>
  )
}
