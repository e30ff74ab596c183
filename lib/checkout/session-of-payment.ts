import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { checkoutSessions } from '@/db/schema'
import { env } from '@/lib/env'
import { callStripe } from '@/lib/stripe/calls'
import type { ReceivedEvent } from './received-event'
import { idOf } from './resource'
import { subscriptionOfPayment } from './subscription-of'

type Intent = {
  id?: string
  customer?: string | { id: string } | null
  metadata?: Record<string, unknown> | null
}

/** Our session that a payment itself names, or null. */
export function sessionNamedBy({ object }: ReceivedEvent['data']): string | null {
  const id = (object as Intent).metadata?.buylink_session
  return typeof id === 'string' && id !== '' ? id : null
}

/**
 * Our session of a payment, also where the payment does not name it: Stripe lets a subscription's checkout put
 * metadata on the subscription alone. It is found by the invoice the payment is for, or by the customer.
 * @returns our id of it, or null
 * @throws AppError `stripe_unavailable`
 */
export async function sessionOfPayment(data: ReceivedEvent['data']): Promise<string | null> {
  const named = sessionNamedBy(data)
  const { id, customer } = data.object as Intent
  if (named || !id || !(await sellsSubscriptions())) return named
  return (await bySubscription(id)) ?? (await byCustomer(idOf(customer)))
}

/** Whether anybody is at the checkout of a subscription: otherwise a foreign payment costs no call to Stripe. */
async function sellsSubscriptions(): Promise<boolean> {
  const [open] = await db()
    .select({ id: checkoutSessions.id })
    .from(checkoutSessions)
    .where(
      and(
        eq(checkoutSessions.livemode, env().stripe.livemode),
        eq(checkoutSessions.status, 'open'),
        sql`${checkoutSessions.snapshot} ->> 'mode' = 'subscription'`,
      ),
    )
    .limit(1)
  return open !== undefined
}

async function bySubscription(payment: string): Promise<string | null> {
  const id = await subscriptionOfPayment(payment)
  if (!id) return null
  const { metadata } = await callStripe('subscriptions.retrieve', (stripe, options) =>
    stripe.subscriptions.retrieve(id, {}, options),
  )
  return metadata.buylink_session ?? null
}

async function byCustomer(customer: string | null): Promise<string | null> {
  if (!customer) return null
  const { data } = await callStripe('checkout.sessions.list', (stripe, options) =>
    stripe.checkout.sessions.list({ customer, status: 'open', limit: 10 }, options),
  )
  const found = data.find(({ mode, metadata }) => mode === 'subscription' && metadata?.buylink_session)
  return found?.metadata?.buylink_session ?? null
}
