import type Stripe from 'stripe'
import { AppError } from '@/lib/errors'
import { storable } from '@/lib/storable'
import { callStripe } from '@/lib/stripe/calls'

type Wish = {
  limit: number
  starting_after?: string | undefined
  ending_before?: string | undefined
  allow_redisplay?: 'always' | 'limited' | 'unspecified' | undefined
  /** Stripe's name of a kind: `card`, `sepa_debit`. */
  type?: string | undefined
}

/**
 * A page of the ways to pay a customer has saved, as Stripe has them now, newest first.
 * @throws AppError `not_found`, `invalid_request` where Stripe refuses a filter, `stripe_unavailable`
 */
export async function listCustomerMethods(
  customer: string,
  wish: Wish,
): Promise<Stripe.ApiList<Stripe.PaymentMethod>> {
  if (!/^cus_[A-Za-z0-9_]{1,100}$/.test(customer)) {
    throw new AppError('not_found', `No such customer: ${customer}`, { param: 'customer' })
  }
  const filters = Object.entries(wish).filter(([, value]) => value !== undefined)
  const { data, has_more, url } = await callStripe('customers.listPaymentMethods', (stripe, options) =>
    stripe.customers.listPaymentMethods(customer, Object.fromEntries(filters), options),
  )
  return storable({ object: 'list', url, has_more, data })
}
