'use client'

import { useTranslations } from 'next-intl'
import { Money, useMoney } from '../money'
import { lineOf, useCheckoutRoot } from './checkout-root'

type Amount = { amount: number; currency: string }

/** What is due today: Stripe's total once the session is there, the server's equal sum before. */
export function TotalAmount({ amount, currency }: Amount) {
  const { checkout } = useCheckoutRoot()
  return (
    <Money
      amount={checkout?.total.total.minorUnitsAmount ?? amount}
      currency={checkout?.currency ?? currency}
    />
  )
}

type RecurringProps = Amount & {
  /** What is due today by the server's sum. */
  today: number
  interval: string
  /** Days that cost nothing. */
  trial: number | null
  /** Leaves out what stands elsewhere: an amount right above, the days of a trial. */
  brief: boolean
}

/** What comes after the first payment. */
export function RecurringAmount({ amount, today, currency, interval, trial, brief }: RecurringProps) {
  const { checkout } = useCheckoutRoot()
  const t = useTranslations('amount')
  const money = useMoney()
  const next = checkout?.recurring?.dueNext.total.minorUnitsAmount ?? amount
  const due = checkout?.total.total.minorUnitsAmount ?? today
  const days = checkout?.recurring?.trial?.trialPeriodDays ?? trial
  if (brief && next === due) return <>{interval}</>
  const words = { amount: money(next, checkout?.currency ?? currency), interval }
  return (
    <span suppressHydrationWarning>{days && !brief ? t('trial', { days, ...words }) : t('then', words)}</span>
  )
}

type ItemProps = {
  price: string
  index: number
  quantity: number
  unitAmount: number
  currency: string
}

/** One item's sum, and the price of one where there are several. What a trial postpones is shown all the same. */
export function ItemAmount({ price, index, quantity, unitAmount, currency }: ItemProps) {
  const { checkout } = useCheckoutRoot()
  const t = useTranslations('amount')
  const money = useMoney()
  const line = lineOf(checkout, price, index)
  const count = line?.quantity ?? (checkout ? 0 : quantity)
  const each = line?.unitAmount.minorUnitsAmount ?? unitAmount
  const isPostponed = Boolean(line?.recurring && checkout?.recurring?.trial)
  const sum = line && !isPostponed ? line.subtotal.minorUnitsAmount : each * count
  const shown = checkout?.currency ?? currency
  return (
    <>
      <Money amount={sum} currency={shown} />
      {count > 1 && (
        <span className="block text-[13px] text-ink-2" suppressHydrationWarning>
          {t('each', { amount: money(each, shown) })}
        </span>
      )}
    </>
  )
}

type TotalsProps = Amount & {
  /** The preselected shipping; null where nothing is shipped. */
  shipping: number | null
  /** Whether Stripe reckons tax. */
  taxed: boolean
  alone: boolean
  recurring: boolean
}

/** The rows from subtotal to total. A sole item that is itself the total needs none. */
export function Totals({ amount, currency, shipping, taxed, alone, recurring }: TotalsProps) {
  const { checkout } = useCheckoutRoot()
  const t = useTranslations('amount')
  const sums = checkout?.total
  const discount = sums?.discount.minorUnitsAmount ?? 0
  const tax = sums?.taxExclusive.minorUnitsAmount ?? 0
  const included = sums?.taxInclusive.minorUnitsAmount ?? 0
  const isTaxKnown = checkout?.tax.status === 'ready'
  const isSole = alone && (checkout?.lineItems.length ?? 1) <= 1
  if (isSole && discount === 0 && shipping === null && !taxed) return null
  const row = { currency: checkout?.currency ?? currency }
  const total = amount + (shipping ?? 0)
  return (
    <dl className="mt-6 grid gap-2 border-t border-line pt-4 text-[15px]">
      {(discount !== 0 || shipping !== null || taxed) && (
        <Row {...row} name={t('subtotal')} amount={sums?.subtotal.minorUnitsAmount ?? amount} quiet />
      )}
      {discount !== 0 && <Row {...row} name={t('discount')} amount={-discount} quiet />}
      {shipping !== null && (
        <Row {...row} name={t('shipping')} amount={sums?.shippingRate.minorUnitsAmount ?? shipping} quiet />
      )}
      {taxed && (
        <Row {...row} name={t('tax')} amount={tax} later={isTaxKnown ? undefined : t('taxLater')} quiet />
      )}
      {included > 0 && <Row {...row} name={t('taxIncluded')} amount={included} quiet />}
      <Row
        {...row}
        name={recurring ? t('totalToday') : t('total')}
        amount={sums?.total.minorUnitsAmount ?? total}
      />
    </dl>
  )
}

type RowProps = Amount & {
  name: string
  /** Stands in place of an amount that is not known yet. */
  later?: string | undefined
  quiet?: boolean
}

function Row({ name, amount, currency, later, quiet = false }: RowProps) {
  return (
    <div className={`flex justify-between gap-4 ${quiet ? '' : 'text-base font-semibold'}`}>
      <dt className={quiet ? 'text-ink-2' : ''}>{name}</dt>
      <dd className={later ? 'text-end text-ink-2' : 'tabular-nums'}>
        {later ?? <Money amount={amount} currency={currency} />}
      </dd>
    </div>
  )
}
