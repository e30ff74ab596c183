import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { keyset } from '@/db/keyset'
import { orders, paymentLinks } from '@/db/schema'
import type { DisputeState, Tracking } from '@/db/types'
import { env } from '@/lib/env'
import { type Page, type PageRequest, toPage } from '@/lib/page'
import { type RefundState, refundState } from './refund-state'
import type { OrderStatus } from './status'

export type Order = typeof orders.$inferSelect

export type OrderSummary = {
  id: string
  number: string
  status: OrderStatus
  currency: string
  /** Minor units. */
  amount_total: number
  amount_refunded: number
  refund_state: RefundState
  dispute_state: DisputeState | null
  customer_email: string | null
  customer_name: string | null
  link: { id: string; slug: string; title: string }
  /** The last touch: the campaign the buyer paid from. */
  tracking: Tracking
  client_reference_id: string | null
  created_at: Date
}

/** Orders of this mode, newest first. */
export async function listOrders(request: PageRequest): Promise<Page<OrderSummary>> {
  const { where, orderBy } = keyset(orders, request)
  const rows = await db()
    .select({ order: orders, slug: paymentLinks.slug, linkName: paymentLinks.name })
    .from(orders)
    .innerJoin(paymentLinks, eq(paymentLinks.id, orders.linkId))
    .where(and(eq(orders.livemode, env().stripe.livemode), where))
    .orderBy(...orderBy)
    .limit(request.limit + 1)
  return toPage(
    rows.map(({ order, slug, linkName }) => ({
      id: order.id,
      number: order.number,
      status: order.status,
      currency: order.currency,
      amount_total: order.amountTotal,
      amount_refunded: order.amountRefunded,
      refund_state: refundState(order),
      dispute_state: order.disputeState,
      customer_email: order.customerEmail,
      customer_name: order.customerName,
      link: { id: order.linkId, slug, title: linkName ?? order.items[0]?.name ?? slug },
      tracking: order.lastTouch,
      client_reference_id: order.clientReferenceId,
      created_at: order.createdAt,
    })),
    request,
  )
}
