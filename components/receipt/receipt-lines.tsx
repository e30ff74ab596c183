import { formatMoney } from '@/lib/money'
import type { Receipt } from '@/lib/orders/receipt'
import { recurringWords } from '../recurring'
import { paymentMethodName } from './words'

/** What was bought, what came off and on, and the sum. */
export function ReceiptLines({ receipt }: { receipt: Receipt }) {
  const { currency, items, status } = receipt
  const money = (amount: number) => formatMoney(amount, currency).replace('-', '−')
  const extras: [string, number][] = [
    ['Discount', -receipt.amount_discount],
    ['Shipping', receipt.amount_shipping],
    ['Tax', receipt.amount_tax],
  ]
  const method = paymentMethodName(receipt.payment_method)
  const total =
    status === 'paid' ? (method ? `Paid with ${method}` : 'Paid') : `Total${method ? ` · ${method}` : ''}`
  return (
    <dl className="mt-5 border-t border-line text-[15px] tabular-nums">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an order's lines never move.
        <Line key={index} value={money(item.amount_total)}>
          {item.name}
          {item.quantity > 1 && ` × ${item.quantity}`}
          {item.recurring && <span className="text-ink-2"> {recurringWords(item.recurring)}</span>}
        </Line>
      ))}
      {extras
        .filter(([, amount]) => amount !== 0)
        .map(([name, amount]) => (
          <Line key={name} value={money(amount)}>
            {name}
          </Line>
        ))}
      <Line value={money(receipt.amount_total)} strong>
        {total}
      </Line>
    </dl>
  )
}

function Line({
  children,
  value,
  strong = false,
}: {
  children: React.ReactNode
  value: string
  strong?: boolean
}) {
  return (
    <div className={`flex justify-between gap-4 py-3 ${strong ? 'font-semibold' : 'border-b border-line'}`}>
      <dt className="min-w-0 wrap-anywhere">{children}</dt>
      <dd>{value}</dd>
    </div>
  )
}
