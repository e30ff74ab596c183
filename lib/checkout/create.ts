import { and, eq, isNull, sql } from 'drizzle-orm'
import type Stripe from 'stripe'
import { db } from '@/db/client'
import { checkoutSessions } from '@/db/schema'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { findListed } from '@/lib/stripe/find'
import { type StripeWrite, writeStripe } from '@/lib/stripe/write'
import type { CheckoutSession } from './open'

type Session = Stripe.Checkout.Session

/** The call that makes the Stripe session of one of our rows. */
export function sessionCall(id: string): StripeWrite<Stripe.Checkout.SessionCreateParams, Session> {
  return {
    subject: id,
    operation: 'checkout.sessions.create',
    send: (stripe, params, options) => stripe.checkout.sessions.create(params, options),
    find: (since) => findSession(id, since),
    isWhole: (session) => typeof session.client_secret === 'string' && typeof session.expires_at === 'number',
  }
}

/** The Stripe session that carries our row's id, made at `since` (Unix seconds) or later. */
export function findSession(id: string, since: number): Promise<Session | undefined> {
  return findListed(
    'checkout.sessions.list',
    (stripe, page) => stripe.checkout.sessions.list({ ...page, created: { gte: since } }),
    (session) => session.metadata?.buylink_session === id,
  )
}

/** The customer a session was to be opened for is not at Stripe any more. */
export class CustomerGone extends AppError {}

/** What of a made session its buyer's page is told. */
type Made = { clientSecret: string; emailKnown: boolean }

/**
 * Makes the row's session at Stripe.
 * @throws CustomerGone, AppError `conflict` when Stripe refuses what the link offers, `gone` when the session has
 * ended meanwhile, `stripe_unavailable`
 */
export async function createAtStripe(row: CheckoutSession): Promise<Made> {
  const created = await ask(row)
  await keepSession(row.id, created)
  const { client_secret: clientSecret } = created
  if (!clientSecret) throw new AppError('gone', 'This checkout has ended. Load the page again.')
  return { clientSecret, emailKnown: hasCustomerEmail(created) }
}

/** Whether the session came with a customer who has an e-mail at Stripe. */
function hasCustomerEmail({ customer, customer_details: details }: Session): boolean {
  if (!customer) return false
  const own = typeof customer === 'object' && !customer.deleted ? customer.email : null
  return Boolean(details?.email ?? own)
}

/** Writes down which Stripe session a row has. */
export async function keepSession(id: string, session: Session): Promise<void> {
  await db()
    .update(checkoutSessions)
    .set({
      stripeSessionId: session.id,
      clientSecret: session.client_secret,
      emailKnown: hasCustomerEmail(session),
      expiresAt: new Date(session.expires_at * 1000),
      updatedAt: sql`now()`,
    })
    .where(and(eq(checkoutSessions.id, id), isNull(checkoutSessions.clientSecret)))
}

async function ask(row: CheckoutSession): Promise<Session> {
  try {
    return await writeStripe(sessionCall(row.id))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message } = error
    if (code !== 'invalid_request' && code !== 'not_found' && code !== 'conflict') throw error
    // This row can never open; the next visit begins a new one.
    log.error({ session: row.id, link: row.linkId, reason: message }, 'Stripe refused a checkout session')
    await db().update(checkoutSessions).set({ status: 'expired' }).where(eq(checkoutSessions.id, row.id))
    if (row.customerId && error.param === 'customer') throw new CustomerGone('conflict', message)
    throw new AppError('conflict', 'This offer cannot be paid at the moment. The seller has been told.', {
      cause: error,
    })
  }
}
