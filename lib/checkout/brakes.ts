import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { sessionTurns } from '@/db/limits-schema'
import { env } from '@/lib/env'
import { hashToken } from '@/lib/ids'
import { recentTries, type Tries, windowMinutes } from './tries'

/** Milliseconds between two new sessions of one address, once it has had its first ones. */
const spacing = 100
const spacingUnderAttack = 1000
/** What everybody waits on a link where most payments are declined. */
const waitUnderAttack = 5000
/** Nobody is told to wait longer in the queue; who comes later than that gets no place in it yet. */
const longestQueue = 120_000
const mostlyDeclined = 0.7

/** How an address is kept: hashed, as it is needed only to be compared. */
export const addressHashOf = (address: string | null) => hashToken(`address:${address ?? 'unknown'}`)

/**
 * Gives a buyer their turn to open a new checkout session on a link; resuming an open one is free.
 *
 * The first sessions of an address open at once, later ones one after another: a queue, not a wall, because a
 * whole company or mobile network can sit behind one address. Where payments come from the address and nearly
 * all are declined, it gets no more than its first ones in ten minutes. On a link where most payments of
 * everybody are declined, everybody waits some seconds.
 *
 * @param addressHash of the buyer's address, IPv6 as its /64; those whose address is unknown share one
 * @returns milliseconds to wait before asking again; 0 when it is the buyer's turn, which is then used up
 */
export async function takeTurn(
  tx: Writer,
  linkId: string,
  addressHash: string,
  buyerHash: string,
): Promise<number> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`turns:${linkId}:${addressHash}`}, 0))`,
  )
  const now = await clock(tx)
  const turns = await turnsOf(tx, linkId, addressHash, now)
  const isUsed = turns.filter(({ usedAt }) => usedAt !== null)
  if (isTesting(await recentTries(tx, linkId, addressHash), env().declinesPerSession)) {
    const oldest = isUsed.at(-env().sessionsPerAddress)?.usedAt
    if (oldest) return oldest.getTime() + windowMinutes * 60_000 - now
  }
  const own = turns.find((turn) => turn.buyerHash === buyerHash && turn.usedAt === null)
  if (own) return claimTurn(tx, own, now)
  const isAttacked = isTesting(await recentTries(tx, linkId), env().attackTries)
  const due = nextDue(turns, now, isAttacked)
  if (due - now > longestQueue) return longestQueue
  await tx.insert(sessionTurns).values({
    linkId,
    addressHash,
    buyerHash,
    dueAt: new Date(due),
    usedAt: due <= now ? new Date(now) : null,
  })
  return Math.max(due - now, 0)
}

type Turn = typeof sessionTurns.$inferSelect

function isTesting({ all, declined }: Tries, least: number): boolean {
  return all >= least && declined > all * mostlyDeclined
}

function nextDue(turns: Turn[], now: number, isAttacked: boolean): number {
  if (turns.length < env().sessionsPerAddress && !isAttacked) return now
  const last = Math.max(...turns.map(({ dueAt }) => dueAt.getTime()), now)
  return isAttacked ? Math.max(last + spacingUnderAttack, now + waitUnderAttack) : last + spacing
}

/** The database's clock: several processes give out turns of one queue. */
async function clock(tx: Writer): Promise<number> {
  const [row] = await tx.execute<{ ms: string }>(
    sql`select extract(epoch from clock_timestamp()) * 1000 as ms`,
  )
  return Math.floor(Number(row?.ms))
}

/** Turns of the last minutes, oldest first. */
async function turnsOf(tx: Writer, linkId: string, addressHash: string, now: number): Promise<Turn[]> {
  const since = new Date(now - windowMinutes * 60_000)
  return tx
    .select()
    .from(sessionTurns)
    .where(
      and(
        eq(sessionTurns.linkId, linkId),
        eq(sessionTurns.addressHash, addressHash),
        sql`${sessionTurns.dueAt} > ${since.toISOString()}`,
      ),
    )
    .orderBy(sessionTurns.dueAt)
}

async function claimTurn(tx: Writer, turn: Turn, now: number): Promise<number> {
  const wait = turn.dueAt.getTime() - now
  if (wait > 0) return wait
  await tx
    .update(sessionTurns)
    .set({ usedAt: new Date(now) })
    .where(and(eq(sessionTurns.id, turn.id), isNull(sessionTurns.usedAt)))
  return 0
}
