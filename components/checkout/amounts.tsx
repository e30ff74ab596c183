'use client'

import { useTranslations } from 'next-intl'
import { Money, useMoney } from '../money'
import { lineOf, useCheckoutRoot } from './checkout-root'

/** What is due today: Stripe's total once the session is there, the server's equal sum before. */
export function TotalAmount({ amount, currency }: { amount: number; currency: string }) {
  const { checkout } = useCheckoutRoot()
  return <Money amount={checkout?.total.total.minorUnitsAmount ?? amount} currency={currency} />
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
  const t = useTranslations('amount')
  const money = useMoney()
  const next = checkout?.recurring?.dueNext.total.minorUnitsAmount ?? amount
  const due = checkout?.total.total.minorUnitsAmount ?? today
  if (brief && next === due) return <>{interval}</>
  return <span suppressHydrationWarning>{t('then', { amount: money(next, currency), interval })}</span>
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
  const t = useTranslations('amount')
  const money = useMoney()
  const line = lineOf(checkout, price, index)
  const count = line?.quantity ?? (checkout ? 0 : quantity)
  return (
    <>
      <Money amount={line?.subtotal.minorUnitsAmount ?? unitAmount * count} currency={currency} />
      {count > 1 && (
        <span className="block text-[13px] text-ink-2" suppressHydrationWarning>
          {t('each', { amount: money(unitAmount, currency) })}
        </span>
      )}
    </>
  )
}

type TotalsProps = { amount: number; currency: string; alone: boolean; recurring: boolean }

/** The rows from subtotal to total. A sole item that is itself the total needs none. */
export function Totals({ amount, currency, alone, recurring }: TotalsProps) {
  const { checkout } = useCheckoutRoot()
  const t = useTranslations('amount')
  const sums = checkout?.total
  const discount = sums?.discount.minorUnitsAmount ?? 0
  const rows: [string, number][] = [
    [t('discount'), -discount],
    [t('shipping'), sums?.shippingRate.minorUnitsAmount ?? 0],
    [t('tax'), sums?.taxExclusive.minorUnitsAmount ?? 0],
  ]
  const shown = rows.filter(([, value]) => value !== 0)
  if (alone && shown.length === 0) return null
  return (
    <dl className="mt-6 grid gap-2 border-t border-line pt-4 text-[15px]">
      {shown.length > 0 && (
        <Row
          name={t('subtotal')}
          amount={sums?.subtotal.minorUnitsAmount ?? amount}
          currency={currency}
          quiet
        />
      )}
      {shown.map(([name, value]) => (
        <Row key={name} name={name} amount={value} currency={currency} quiet />
      ))}
      <Row
        name={recurring ? t('totalToday') : t('total')}
        amount={sums?.total.minorUnitsAmount ?? amount}
        currency={currency}
      />
    </dl>
  )
}

type RowProps = { name: string; amount: number; currency: string; quiet?: boolean }

function Row({ name, amount, currency, quiet = false }: RowProps) {
  return (
    <div className={`flex justify-between gap-4 ${quiet ? '' : 'text-base font-semibold'}`}>
      <dt className={quiet ? 'text-ink-2' : ''}>{name}</dt>
      <dd className="tabular-nums">
        <Money amount={amount} currency={currency} />
      </dd>
    </div>
  )
}
