/** One page of a list, newest first; the cursors are ids of the rows to go on after or before. */
export type Page<T> = { items: T[]; next: string | null; previous: string | null }

export type PageRequest = { limit: number; after?: string | undefined; before?: string | undefined }

/**
 * Shapes rows that were read one past the limit into a page. Rows read with `before` come oldest first
 * and are turned round here.
 */
export function toPage<T extends { id: string }>(rows: T[], request: PageRequest): Page<T> {
  const backwards = request.before !== undefined
  const more = rows.length > request.limit
  const items = rows.slice(0, request.limit)
  if (backwards) items.reverse()
  const first = items[0]?.id ?? null
  const last = items.at(-1)?.id ?? null
  return {
    items,
    next: backwards || more ? last : null,
    previous: backwards ? (more ? first : null) : request.after !== undefined ? first : null,
  }
}
