import { sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { orderFacts } from '@/db/schema'

/** Who learnt it: shown in the order's story. */
export type Source = 'return' | 'webhook' | 'sweep' | 'recheck' | 'dashboard'

/**
 * Adds to an order's story, once: a fact that is in it already keeps the source and the time it came with.
 * @param kind names the fact: `paid`, `refunded:re_…`
 */
export async function addFact(
  tx: Writer,
  orderId: string,
  kind: string,
  source: Source,
  detail: Record<string, unknown>,
): Promise<boolean> {
  const added = await tx
    .insert(orderFacts)
    // Not the transaction's time: facts of one transaction keep their order.
    .values({ orderId, kind, source, detail, createdAt: sql`clock_timestamp()` })
    .onConflictDoNothing()
    .returning({ kind: orderFacts.kind })
  return added.length > 0
}
