import { and, asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { orderFacts, orders, paymentLinks } from '@/db/schema'
import { env } from '@/lib/env'
import { whyNotAccepted } from './acceptable'
import { checkoutMoney } from './checkout-money'
import type { Source } from './facts'
import { netAmount, refundable } from './net'
import type { Order } from './orders'

export type OrderFact = { kind: string; source: Source; detail: Record<string, unknown>; at: Date }

export type OrderDetails = Order & {
  link: { id: string; slug: string; title: string }
  /** Minor units. */
  net: number
  /** What the dashboard may still give back, in minor units. */
  refundable: number
  /** Held for review, and a person may let it go on. */
  acceptable: boolean
  /** Oldest first. */
  facts: OrderFact[]
}

/** An order of this mode with its whole story, or null. */
export async function findOrder(id: string): Promise<OrderDetails | null> {
  const [row] = await db()
    .select({ order: orders, slug: paymentLinks.slug, linkName: paymentLinks.name })
    .from(orders)
    .innerJoin(paymentLinks, eq(paymentLinks.id, orders.linkId))
    .where(and(eq(orders.id, id), eq(orders.livemode, env().stripe.livemode)))
  if (!row) return null
  const { order, slug, linkName } = row
  const facts = await db()
    .select()
    .from(orderFacts)
    .where(eq(orderFacts.orderId, id))
    .orderBy(asc(orderFacts.createdAt), asc(orderFacts.kind))
  return {
    ...order,
    link: { id: order.linkId, slug, title: linkName ?? order.items[0]?.name ?? slug },
    net: netAmount(order),
    refundable: refundable(order, await checkoutMoney(db(), order)),
    acceptable: (await whyNotAccepted(db(), order)) === null,
    facts: facts.map(({ kind, source, detail, createdAt }) => ({
      kind,
      source: source as Source,
      detail,
      at: createdAt,
    })),
  }
}
