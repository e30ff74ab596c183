import type Stripe from 'stripe'
import { z } from 'zod'
import { emptyable, integer, objectOf, paramsOf, text } from '../http/params'

/** What every list takes. */
export const pagination = {
  limit: integer(1, 100).optional(),
  starting_after: text().optional(),
  ending_before: text().optional(),
}

export const createdFilter = z
  .union([
    objectOf<Stripe.RangeQueryParam>()({
      gt: integer().optional(),
      gte: integer().optional(),
      lt: integer().optional(),
      lte: integer().optional(),
    }),
    integer(),
  ])
  .optional()

export const addressFields = {
  city: text().optional(),
  country: text().optional(),
  line1: text().optional(),
  line2: text().optional(),
  postal_code: text().optional(),
  state: text().optional(),
}

export const address = objectOf<Stripe.AddressParam>()(addressFields)

export const emptyableText = (maximum = 5000) => emptyable(text(maximum)).optional()

/** For operations that take `expand` and nothing else. */
export const retrieveParams = paramsOf<{ expand?: string[] }>()({})

type CreatedFilter = z.output<typeof createdFilter>

export function isCreatedWithin(created: number, filter: CreatedFilter): boolean {
  if (filter === undefined) return true
  if (typeof filter === 'number') return created === filter
  const { gt, gte, lt, lte } = filter
  if (gt !== undefined && created <= gt) return false
  if (gte !== undefined && created < gte) return false
  if (lt !== undefined && created >= lt) return false
  return lte === undefined || created <= lte
}

type MetadataChange = '' | Record<string, string> | undefined

/** Stripe's merge: an empty value removes its key, an empty string all of them. */
export function mergeMetadata(
  metadata: Record<string, string> | null,
  change: MetadataChange,
): Record<string, string> {
  if (change === '') return {}
  const merged = { ...metadata, ...change }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''))
}

/** Leaves out what was not given, and turns the empty string into null. */
export function unset<T>(value: T | '' | undefined): T | null {
  return value === undefined || value === '' ? null : (value as T)
}

type FullAddress = Record<'city' | 'country' | 'line1' | 'line2' | 'postal_code' | 'state', string | null>

/** An address with every property, as objects carry it. */
export function fullAddress(given: Partial<FullAddress> | '' | null | undefined): FullAddress | null {
  if (!given) return null
  const { city, country, line1, line2, postal_code, state } = given
  return {
    city: city ?? null,
    country: country ?? null,
    line1: line1 ?? null,
    line2: line2 ?? null,
    postal_code: postal_code ?? null,
    state: state ?? null,
  }
}

/** The given properties of a change, without those that were left out. */
export function given<T extends object>(change: T): Partial<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>
}
