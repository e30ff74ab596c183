import { and, count, eq, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { paymentTries, sessionTurns } from '@/db/limits-schema'
import type { checkoutSessions } from '@/db/schema'

/** The window in which tries to pay are weighed. */
export const windowMinutes = 10

/** Counts a session that was completed as a try that went well; once. */
export async function countPaid(tx: Writer, session: Session): Promise<void> {
  await countTry(tx, session.id, session, 'paid')
}

type Session = Pick<typeof checkoutSessions.$inferSelect, 'id' | 'linkId' | 'addressHash'>

/** Counts a declined try and returns how many its session has had. @param event Stripe's; counted once */
export async function countDeclined(event: string, session: Session): Promise<number> {
  await countTry(db(), event, session, 'declined')
  const [row] = await db()
    .select({ n: count() })
    .from(paymentTries)
    .where(and(eq(paymentTries.checkoutSessionId, session.id), eq(paymentTries.outcome, 'declined')))
  return row?.n ?? 0
}

async function countTry(tx: Writer, id: string, session: Session, outcome: 'declined' | 'paid') {
  await tx
    .insert(paymentTries)
    .values({
      id,
      checkoutSessionId: session.id,
      linkId: session.linkId,
      addressHash: session.addressHash,
      outcome,
    })
    .onConflictDoNothing()
}

export type Tries = { all: number; declined: number }

/** How recent tries on a link ended, from one address or from everywhere. */
export async function recentTries(tx: Writer, linkId: string, addressHash?: string): Promise<Tries> {
  const [row] = await tx
    .select({
      all: count(),
      declined: sql<number>`count(*) filter (where ${paymentTries.outcome} = 'declined')::int`,
    })
    .from(paymentTries)
    .where(
      and(
        eq(paymentTries.linkId, linkId),
        addressHash === undefined ? undefined : eq(paymentTries.addressHash, addressHash),
        sql`${paymentTries.createdAt} > now() - make_interval(mins => ${windowMinutes})`,
      ),
    )
  return row ?? { all: 0, declined: 0 }
}

/** Forgets what no brake looks at any more. */
export async function forgetTries(): Promise<void> {
  await db().delete(paymentTries).where(sql`${paymentTries.createdAt} < now() - interval '1 day'`)
  await db().delete(sessionTurns).where(sql`${sessionTurns.createdAt} < now() - interval '1 day'`)
}
