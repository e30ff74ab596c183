import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Receipt } from '@/lib/orders/receipt'
import { useInterval } from '../interval'
import { Money } from '../money'
import { useMethodName } from './method-name'

/** What was bought, what came off and on, and the sum; last what was paid, in the currency it was paid in. */
export function ReceiptLines({ receipt }: { receipt: Receipt }) {
  const { currency, items, status } = receipt
  const t = useTranslations('receipt')
  const interval = useInterval()
  const extras: [string, number][] = [
    [t('discount'), -receipt.amount_discount],
    [t('shipping'), receipt.amount_shipping],
    [t('tax'), receipt.amount_tax - receipt.amount_tax_included],
    [t('taxIncluded'), receipt.amount_tax_included],
  ]
  const shown = extras.filter(([, amount]) => amount !== 0)
  const method = useMethodName(receipt.payment_method)
  const total =
    status === 'paid' && receipt.amount_total > 0
      ? method
        ? t('paidBy', { method })
        : t('paidSum')
      : method
        ? t('totalBy', { method })
        : t('total')
  return (
    <dl className="mt-5 border-t border-line text-[15px] tabular-nums">
      {items.map((item, index) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: an order's lines never move.
          key={index}
          value={<Money amount={item.amount_subtotal ?? item.amount_total} currency={currency} />}
        >
          <bdi>{item.name}</bdi>
          {item.quantity > 1 && ` × ${item.quantity}`}
          {item.recurring && <span className="text-ink-2"> {interval(item.recurring)}</span>}
        </Line>
      ))}
      {shown.length > 0 && (
        <Line value={<Money amount={receipt.amount_subtotal} currency={currency} />}>{t('subtotal')}</Line>
      )}
      {shown.map(([name, amount]) => (
        <Line key={name} value={<Money amount={amount} currency={currency} />}>
          {name}
        </Line>
      ))}
      {receipt.paid_in && (
        <Line value={<Money amount={receipt.amount_total} currency={currency} />}>{t('total')}</Line>
      )}
      <Line value={<Money {...(receipt.paid_in ?? { amount: receipt.amount_total, currency })} />} strong>
        {total}
      </Line>
      {receipt.amount_refunded > 0 && (
        <Line value={<Money amount={-receipt.amount_refunded} currency={currency} />} strong>
          {t('refundedSum')}
        </Line>
      )}
    </dl>
  )
}

function Line({
  children,
  value,
  strong = false,
}: {
  children: ReactNode
  value: ReactNode
  strong?: boolean
}) {
  return (
    <div className={`flex justify-between gap-4 py-3 ${strong ? 'font-semibold' : 'border-b border-line'}`}>
      <dt className="min-w-0 wrap-anywhere">{children}</dt>
      <dd>{value}</dd>
    </div>
  )
}
