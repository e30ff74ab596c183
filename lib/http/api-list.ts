import { z } from 'zod'
import type { Page, PageRequest } from '@/lib/page'

const cursor = z.string().min(1).max(100).optional()

/** Stripe's paging: `limit` 1 to 100, and the id of the row to go on after or before. */
export const pagingInput = {
  limit: z
    .union([
      z.int(),
      z
        .string()
        .regex(/^\d{1,3}$/)
        .transform(Number),
    ])
    .refine((limit) => limit >= 1 && limit <= 100, 'A page has 1 to 100 rows.')
    .default(10),
  starting_after: cursor,
  ending_before: cursor,
}

type Paging = { limit: number; starting_after?: string | undefined; ending_before?: string | undefined }

export function pageRequest({ limit, starting_after, ending_before }: Paging): PageRequest {
  return { limit, after: starting_after, before: starting_after === undefined ? ending_before : undefined }
}

/** A page as Stripe's list object. */
export function listResource<T>(
  page: Page<T>,
  request: PageRequest,
  url: string,
  resource: (item: T) => object,
) {
  const more = request.before === undefined ? page.next : page.previous
  return { object: 'list', url, has_more: more !== null, data: page.items.map(resource) }
}
