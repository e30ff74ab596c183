import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { savedCharges } from '@/db/saved-schema'
import type { PaymentMethodSummary } from '@/db/types'
import { getMerchant, type Merchant } from '@/lib/accounts/merchant'
import { env } from '@/lib/env'
import { hashToken, newToken } from '@/lib/ids'
import { isPayable, type SavedCharge, settleCharge } from './saved-charges'

/** Long enough for an e-mail that is read after the weekend. */
const daysToFinish = 7

/** What a buyer may see of a payment that waits for them. */
export type UnfinishedCharge = {
  merchant: Merchant
  livemode: boolean
  /** Minor units. */
  amount: number
  currency: string
  description: string | null
  /** As Stripe calls it; `expired` where the address is too old to pay at. */
  status: string
  /** Why the last try did not go through, in Stripe's words; null where the bank only asked for the buyer. */
  refusal: string | null
  payment_method: PaymentMethodSummary | null
  /** Stripe's id of the saved method, to pay with it again. */
  payment_method_id: string
  client_secret: string | null
}

/** Makes the address at which the buyer finishes a charge; earlier ones end. */
export async function finishAddress(id: string): Promise<string> {
  const token = newToken()
  await db()
    .update(savedCharges)
    .set({
      tokenHash: hashToken(token),
      tokenExpiresAt: sql`now() + make_interval(days => ${daysToFinish})`,
    })
    .where(eq(savedCharges.id, id))
  return `${env().baseUrl}/finish/${token}`
}

async function findByToken(token: string): Promise<SavedCharge | null> {
  if (!/^[\w-]{32}$/.test(token)) return null
  const [row] = await db()
    .select()
    .from(savedCharges)
    .where(
      and(eq(savedCharges.tokenHash, hashToken(token)), eq(savedCharges.livemode, env().stripe.livemode)),
    )
  return row ?? null
}

/** The payment an address is for, or null. Reads only. */
export async function findUnfinished(token: string): Promise<UnfinishedCharge | null> {
  const row = await findByToken(token)
  if (!row) return null
  const isOver = row.tokenExpiresAt === null || row.tokenExpiresAt.getTime() <= Date.now()
  const open = isPayable(row)
  return {
    merchant: await getMerchant(),
    livemode: row.livemode,
    amount: row.amount,
    currency: row.currency,
    description: row.description,
    status: isOver && open ? 'expired' : row.status,
    refusal: row.failureCode === 'authentication_required' ? null : row.failureMessage,
    payment_method: row.paymentMethod,
    payment_method_id: row.paymentMethodId,
    client_secret: open && !isOver ? row.clientSecret : null,
  }
}

/**
 * Finds out how a payment stands after the buyer has done their part.
 * @returns false where the address is for none
 * @throws AppError `stripe_unavailable`
 */
export async function settleFinished(token: string): Promise<boolean> {
  const row = await findByToken(token)
  if (row) await settleCharge(row)
  return row !== null
}
