import type Stripe from 'stripe'
import { AppError } from '@/lib/errors'
import { callStripe } from './calls'

const perPage = 100
const maximumPages = 30

type Page<T> = { data: T[]; has_more: boolean }

/**
 * The first object of a list of Stripe's that matches, newest first.
 * @param page one page of the list, after the object with the id `after`
 * @throws AppError `stripe_unavailable` also when the list is too long to be sure that there is none
 */
export async function findListed<T extends { id: string }>(
  operation: string,
  page: (client: Stripe, params: { limit: number; starting_after?: string }) => Promise<Page<T>>,
  matches: (object: T) => boolean,
): Promise<T | undefined> {
  let after: string | undefined
  for (let pages = 0; pages < maximumPages; pages++) {
    const params = { limit: perPage, ...(after && { starting_after: after }) }
    const { data, has_more } = await callStripe(operation, (client) => page(client, params))
    const found = data.find(matches)
    if (found || !has_more) return found
    after = data.at(-1)?.id
  }
  throw new AppError('stripe_unavailable', 'Too much was made at Stripe to find one object in it.')
}
