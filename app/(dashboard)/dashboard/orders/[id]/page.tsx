import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Timestamp } from '@/components/ui/timestamp'
import { requireUser } from '@/lib/accounts/session'
import { findOrder } from '@/lib/orders/order-details'
import { refundState } from '@/lib/orders/refund-state'
import { OrderState } from '../order-state'
import { Amounts } from './amounts'
import { Answers } from './answers'
import { Deeds } from './deeds'
import { Facts } from './facts'
import { Outcome } from './outcome'
import { Timeline } from './timeline'

export const metadata: Metadata = { title: 'Order' }

export default async function OrderPage({ params, searchParams }: PageProps<'/dashboard/orders/[id]'>) {
  const { id } = await params
  await requireUser(`/dashboard/orders/${encodeURIComponent(id)}`)
  const order = await findOrder(id)
  if (!order) notFound()
  const state = {
    status: order.status,
    refund_state: refundState(order),
    dispute_state: order.disputeState,
  }
  return (
    <>
      <Link href="/dashboard/orders" prefetch={false} className="text-sm text-ink-2 hover:text-ink">
        ← Orders
      </Link>
      <div className="mt-2 mb-5 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="text-2xl font-semibold tracking-tight tabular-nums">{order.number}</h1>
        <OrderState order={state} />
        <Timestamp at={order.createdAt} className="text-sm text-ink-2" />
      </div>
      <Outcome query={await searchParams} />
      <div className="grid items-start gap-5 xl:grid-cols-[1fr_22rem]">
        <div className="grid min-w-0 gap-5">
          <Amounts order={order} />
          <Answers order={order} />
          <Timeline order={order} />
        </div>
        <div className="grid min-w-0 gap-5">
          <Deeds order={order} />
          <Facts order={order} />
        </div>
      </div>
    </>
  )
}
