import { formatMoney } from '@/lib/money'
import { includedTax } from '@/lib/orders/net'
import type { OrderDetails } from '@/lib/orders/order-details'
import { Section } from './section'

/** What was sold, what was paid, what went back, and what is left. */
export function Amounts({ order }: { order: OrderDetails }) {
  const money = (amount: number) => formatMoney(amount, order.currency)
  const included = includedTax(order)
  const extras: [string, number][] = [
    ['Discount', -order.amountDiscount],
    ['Shipping', order.amountShipping],
    ['Tax', order.amountTax - included],
    ['Tax included', included],
  ]
  const changed = extras.filter(([, amount]) => amount !== 0)
  const lines: [string, number][] = changed.length > 0 ? [['Subtotal', order.amountSubtotal], ...changed] : []
  const after: [string, number][] = [
    ['Renewals', order.amountRenewed],
    ['Refunded', -order.amountRefunded],
    ['Held back for disputes', -order.amountDisputed],
  ]
  return (
    <Section title="Amounts">
      <dl className="grid gap-2 text-sm tabular-nums">
        {order.items.map((item) => (
          <Line key={item.price ?? item.name} label={`${item.name} × ${item.quantity}`}>
            {money(item.amount_subtotal ?? item.amount_total)}
          </Line>
        ))}
        {lines.map(([label, amount]) => (
          <Line key={label} label={label}>
            {money(amount)}
          </Line>
        ))}
        <Line label="Total" strong>
          {money(order.amountTotal)}
        </Line>
        {order.presentmentAmount !== null && order.presentmentCurrency !== null && (
          <Line label="Paid by the buyer as">
            {formatMoney(order.presentmentAmount, order.presentmentCurrency)}
          </Line>
        )}
        {after
          .filter(([, amount]) => amount !== 0)
          .map(([label, amount]) => (
            <Line key={label} label={label}>
              {money(amount)}
            </Line>
          ))}
        <Line
          label={order.status === 'paid' ? 'Net, before Stripe’s fees' : 'Net: nothing counted yet'}
          strong
        >
          {money(order.net)}
        </Line>
      </dl>
    </Section>
  )
}

function Line({ label, strong, children }: { label: string; strong?: boolean; children: string }) {
  return (
    <div className={`flex justify-between gap-4 ${strong ? 'border-t border-line pt-2 font-semibold' : ''}`}>
      <dt className={`min-w-0 wrap-anywhere ${strong ? '' : 'text-ink-2'}`}>{label}</dt>
      <dd className="whitespace-nowrap">{children}</dd>
    </div>
  )
}
