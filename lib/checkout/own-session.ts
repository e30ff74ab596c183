import { and, eq } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { checkoutSessions, paymentLinkVersions } from '@/db/schema'
import type { LinkConfig } from '@/db/types'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import type { CheckoutSession } from './open'

/**
 * The checkout session that a browser says is its own.
 * @param buyerHash hash of the asking browser's buyer cookie, which must be the session's
 * @throws AppError `not_found`
 */
export async function ownSession(stripeSessionId: string, buyerHash: string): Promise<CheckoutSession> {
  const [row] = await db()
    .select()
    .from(checkoutSessions)
    .where(
      and(
        eq(checkoutSessions.stripeSessionId, stripeSessionId),
        eq(checkoutSessions.buyerHash, buyerHash),
        eq(checkoutSessions.livemode, env().stripe.livemode),
      ),
    )
  if (!row) throw new AppError('not_found', 'This checkout is not known.')
  return row
}

/** What the link sold and asked in the version a session was opened with. */
export async function configOf(
  tx: Writer,
  { linkId, linkVersion }: Pick<CheckoutSession, 'linkId' | 'linkVersion'>,
): Promise<LinkConfig> {
  const [version] = await tx
    .select({ config: paymentLinkVersions.config })
    .from(paymentLinkVersions)
    .where(and(eq(paymentLinkVersions.linkId, linkId), eq(paymentLinkVersions.version, linkVersion)))
  if (!version) throw new Error(`the version ${linkVersion} of ${linkId} is gone`)
  return version.config
}
