import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { paymentLinks } from '@/db/schema'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { parse } from '@/lib/parse'
import { callStripe } from '@/lib/stripe/calls'
import { customerQuery } from './customer-link'

const day = 86_400

const input = z.strictObject({
  customer: z.string().regex(/^cus_[A-Za-z0-9_]{1,100}$/, 'This is not a customer’s id.'),
  payment_link: z.string().max(100),
  /** Seconds. */
  expires_in: z.coerce
    .number()
    .int()
    .min(60)
    .max(90 * day)
    .default(7 * day),
})

/**
 * Makes the address at which a returning buyer finds their saved ways to pay. Whoever has it is taken for them.
 * @returns the address and when it ends, Unix seconds
 * @throws AppError `invalid_request`, `not_found` where there is no such link or customer, `stripe_unavailable`
 */
export async function inviteCustomer(
  invitation: z.input<typeof input>,
): Promise<{ url: string; expires_at: number }> {
  const { customer, payment_link: link, expires_in: seconds } = parse(input, invitation)
  const { baseUrl, secret, stripe } = env()
  const { livemode } = stripe
  const [row] = await db()
    .select({ slug: paymentLinks.slug })
    .from(paymentLinks)
    .where(and(eq(paymentLinks.id, link), eq(paymentLinks.livemode, livemode)))
  if (!row) throw new AppError('not_found', `No such payment link: ${link}`, { param: 'payment_link' })
  const found = await callStripe('customers.retrieve', (client, options) =>
    client.customers.retrieve(customer, {}, options),
  )
  if (found.deleted) throw new AppError('not_found', `No such customer: ${customer}`, { param: 'customer' })
  const expires_at = Math.floor(Date.now() / 1000) + seconds
  const query = customerQuery({ customer, link, livemode }, expires_at, { secret })
  return { url: `${baseUrl}/${row.slug}?${query}`, expires_at }
}
