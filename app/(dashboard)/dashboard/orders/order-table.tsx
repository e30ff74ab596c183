import type { ReactNode } from 'react'
import { Badge, type Tone } from '@/components/ui/badge'
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table'
import { Timestamp } from '@/components/ui/timestamp'
import { formatMoney } from '@/lib/money'
import type { OrderSummary } from '@/lib/orders/orders'

const states: Record<OrderSummary['status'], { tone: Tone; label: string }> = {
  paid: { tone: 'good', label: 'Paid' },
  pending: { tone: 'quiet', label: 'Processing' },
  failed: { tone: 'bad', label: 'Failed' },
  review: { tone: 'warning', label: 'To review' },
}

export function OrderTable({ orders }: { orders: OrderSummary[] }) {
  return (
    <Table label="Orders">
      <TableHead>
        <HeadCell align="right">Amount</HeadCell>
        <HeadCell wide>State</HeadCell>
        <HeadCell>Buyer</HeadCell>
        <HeadCell wide>Link</HeadCell>
        <HeadCell wide>Campaign</HeadCell>
        <HeadCell wide>Reference</HeadCell>
        <HeadCell wide>Order</HeadCell>
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
  const { tone, label } = states[order.status]
  const state = <Badge tone={tone}>{label}</Badge>
  const { utm_campaign: campaign, utm_source: source } = order.tracking
  const reference = order.client_reference_id
  const placed = <Timestamp at={order.created_at} />
  return (
    <TableRow>
      <Cell align="right" className="font-semibold whitespace-nowrap">
        {formatMoney(order.amount_total, order.currency)}
        <div className="mt-1 desk:hidden">{state}</div>
      </Cell>
      <Cell wide>{state}</Cell>
      <Cell>
        <TwoLines
          first={order.customer_name ?? order.customer_email}
          second={order.customer_name && order.customer_email}
        />
        <div className="mt-1 grid gap-0.5 text-[13px] text-ink-2 desk:hidden">
          <span className="wrap-anywhere">
            {[order.link.title, campaign, source].filter(Boolean).join(' · ')}
          </span>
          {reference && <span className="wrap-anywhere">Reference {reference}</span>}
          <span>
            {order.number} · {placed}
          </span>
        </div>
      </Cell>
      <Cell wide>
        <TwoLines first={order.link.title} second={`/${order.link.slug}`} />
      </Cell>
      <Cell wide>
        <TwoLines first={campaign ?? source} second={campaign && source} />
      </Cell>
      <Cell wide className="max-w-40 wrap-anywhere">
        {reference ?? <Nothing />}
      </Cell>
      <Cell wide>
        <TwoLines first={order.number} second={placed} />
      </Cell>
    </TableRow>
  )
}

function TwoLines({ first, second }: { first: ReactNode; second?: ReactNode }) {
  if (!first) return <Nothing />
  return (
    <>
      <div className="wrap-anywhere">{first}</div>
      {second && <div className="text-[13px] text-ink-2 wrap-anywhere">{second}</div>}
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
