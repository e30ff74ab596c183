import { createHash } from 'node:crypto'
import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { stripeCalls } from '@/db/stripe-schema'
import { env } from '@/lib/env'

/** Seconds by which Stripe's clock may be behind ours. */
const clockSlack = 300

export type CallRow = typeof stripeCalls.$inferSelect
export type Intention = { subject: string; operation: string }

/**
 * Freezes the parameters of a call together with its key. What is frozen already stays as it is.
 * @param tx the transaction that writes what the call is for
 */
export async function prepareCall(
  tx: Writer,
  { subject, operation }: Intention,
  params: object,
  n = 1,
): Promise<void> {
  const text = JSON.stringify(params)
  await tx
    .insert(stripeCalls)
    .values({
      subject,
      operation,
      n,
      livemode: env().stripe.livemode,
      idempotencyKey: `${operation}:${subject}:${n}`,
      params: text,
      paramsHash: createHash('sha256').update(text).digest('hex'),
    })
    .onConflictDoNothing()
}

/** The last call made for an intention. */
export async function latestCall({ subject, operation }: Intention): Promise<CallRow | undefined> {
  const [row] = await db()
    .select()
    .from(stripeCalls)
    .where(and(eq(stripeCalls.subject, subject), eq(stripeCalls.operation, operation)))
    .orderBy(desc(stripeCalls.n))
    .limit(1)
  return row
}

const isRow = ({ subject, operation, n }: CallRow) =>
  and(eq(stripeCalls.subject, subject), eq(stripeCalls.operation, operation), eq(stripeCalls.n, n))

/** Commits that the call goes out now. @returns false when somebody gave it up meanwhile */
export async function markSent(call: CallRow): Promise<boolean> {
  const rows = await db()
    .update(stripeCalls)
    .set({
      state: sql`case when ${stripeCalls.state} = 'done' then 'done' else 'sent' end`,
      attempts: sql`${stripeCalls.attempts} + 1`,
      firstSentAt: sql`coalesce(${stripeCalls.firstSentAt}, now())`,
      updatedAt: sql`now()`,
    })
    .where(and(isRow(call), inArray(stripeCalls.state, ['prepared', 'sent', 'done'])))
    .returning({ n: stripeCalls.n })
  return rows.length > 0
}

/**
 * What became of a call. An answer that came is never replaced by one that did not, and a call that was sent
 * again since it was read is not given up.
 * @returns false when the call was left as it is
 */
export async function closeCall(
  call: CallRow,
  end: { state: 'done'; resultId: string } | { state: 'refused' | 'failed' | 'abandoned'; error: string },
): Promise<boolean> {
  const rows = await db()
    .update(stripeCalls)
    .set({
      state: end.state,
      updatedAt: sql`now()`,
      ...(end.state === 'done'
        ? { resultId: end.resultId, error: null }
        : { error: end.error.slice(0, 500) }),
    })
    .where(
      and(
        isRow(call),
        end.state === 'done' ? undefined : ne(stripeCalls.state, 'done'),
        end.state === 'abandoned' ? eq(stripeCalls.attempts, call.attempts) : undefined,
      ),
    )
    .returning({ n: stripeCalls.n })
  return rows.length > 0
}

/** Calls of these operations that nobody has touched for so long that nobody waits for them, longest first. */
export function stuckCalls(operations: string[], minutes: number, limit: number): Promise<CallRow[]> {
  return db()
    .select()
    .from(stripeCalls)
    .where(
      and(
        eq(stripeCalls.livemode, env().stripe.livemode),
        inArray(stripeCalls.operation, operations),
        inArray(stripeCalls.state, ['prepared', 'sent', 'failed']),
        sql`${stripeCalls.updatedAt} < now() - make_interval(mins => ${minutes})`,
        // A failure that a later key made good is history.
        sql`not exists (select from stripe_calls later where later.subject = ${stripeCalls.subject}
          and later.operation = ${stripeCalls.operation} and later.n > ${stripeCalls.n})`,
      ),
    )
    .orderBy(stripeCalls.updatedAt)
    .limit(limit)
}

/** Unix seconds that nothing made by a call can be older than; clocks differ. */
export function earliestEffect({ firstSentAt, createdAt }: CallRow): number {
  return Math.floor((firstSentAt ?? createdAt).getTime() / 1000) - clockSlack
}
