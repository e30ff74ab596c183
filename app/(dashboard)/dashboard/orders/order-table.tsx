import Link from 'next/link'
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table'
import { Timestamp } from '@/components/ui/timestamp'
import { formatMoney } from '@/lib/money'
import type { OrderSummary } from '@/lib/orders/orders'
import { OrderState } from './order-state'

export function OrderTable({ orders }: { orders: OrderSummary[] }) {
  return (
    <Table label="Orders">
      <TableHead>
        <HeadCell align="right" className="xl:w-27">
          Amount
        </HeadCell>
        <HeadCell wide className="w-37">
          State
        </HeadCell>
        <HeadCell>Buyer</HeadCell>
        <HeadCell wide>Link</HeadCell>
        <HeadCell wide className="w-32">
          Campaign
        </HeadCell>
        <HeadCell wide className="w-28">
          Reference
        </HeadCell>
        <HeadCell wide className="w-47">
          Order
        </HeadCell>
      </TableHead>
      <TableBody>
        {orders.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </TableBody>
    </Table>
  )
}

function OrderRow({ order }: { order: OrderSummary }) {
  const state = <OrderState order={order} />
  const { utm_campaign: campaign, utm_source: source } = order.tracking
  const reference = order.client_reference_id
  const buyer = [order.customer_name, order.customer_email].filter((text) => text !== null)
  return (
    <TableRow>
      <Cell align="right" className="font-semibold whitespace-nowrap">
        {formatMoney(order.amount_total, order.currency)}
        {order.amount_refunded > 0 && (
          <div className="text-[13px] font-normal text-ink-2">
            {`−${formatMoney(order.amount_refunded, order.currency)}`}
            <span className="sr-only"> refunded</span>
          </div>
        )}
        <div className="mt-1 xl:hidden">{state}</div>
      </Cell>
      <Cell wide>{state}</Cell>
      <Cell>
        <TwoLines lines={buyer} />
        <div className="mt-1 grid gap-0.5 text-[13px] text-ink-2 wrap-anywhere xl:hidden">
          <span>{[order.link.title, campaign, source].filter(Boolean).join(' · ')}</span>
          {reference && <span>Reference {reference}</span>}
          <span>
            Order{' '}
            <Link
              href={`/dashboard/orders/${order.id}`}
              prefetch={false}
              className="underline underline-offset-2"
            >
              {order.number}
            </Link>
          </span>
          <Timestamp at={order.created_at} />
        </div>
      </Cell>
      <Cell wide>
        <TwoLines lines={[order.link.title, `/${order.link.slug}`]} />
      </Cell>
      <Cell wide>
        <TwoLines lines={[campaign, source].filter((text) => text !== undefined)} />
      </Cell>
      <Cell wide>
        <TwoLines lines={reference === null ? [] : [reference]} />
      </Cell>
      <Cell wide>
        <Link
          href={`/dashboard/orders/${order.id}`}
          prefetch={false}
          className="underline underline-offset-2"
        >
          {order.number}
        </Link>
        <Timestamp at={order.created_at} className="block text-[13px] whitespace-nowrap text-ink-2" />
      </Cell>
    </TableRow>
  )
}

/** One or two texts below each other; where columns have fixed widths, what does not fit is in the tooltip. */
function TwoLines({ lines: [first, second] }: { lines: string[] }) {
  if (first === undefined) return <Nothing />
  return (
    <>
      <div className="wrap-anywhere xl:truncate" title={first}>
        {first}
      </div>
      {second !== undefined && (
        <div className="text-[13px] text-ink-2 wrap-anywhere xl:truncate" title={second}>
          {second}
        </div>
      )}
    </>
  )
}

function Nothing() {
  return (
    <span className="text-ink-3">
      <span aria-hidden>–</span>
      <span className="sr-only">none</span>
    </span>
  )
}
