import { invalidRequest, noSuch } from './errors'

type Cursor = {
  limit?: number | undefined
  starting_after?: string | undefined
  ending_before?: string | undefined
}

/**
 * One page of a list in Stripe's envelope.
 * @param items newest first, already filtered
 */
export function pageOf<T extends { id: string }>(
  items: T[],
  cursor: Cursor,
  url: string,
  what: string,
): object {
  const { limit = 10, starting_after, ending_before } = cursor
  if (starting_after !== undefined && ending_before !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: starting_after, ending_before.')
  }
  const find = (id: string, param: string) => {
    const index = items.findIndex((item) => item.id === id)
    if (index === -1) throw noSuch(what, id, param, 400)
    return index
  }
  if (ending_before !== undefined) {
    const end = find(ending_before, 'ending_before')
    const start = Math.max(0, end - limit)
    return { object: 'list', data: items.slice(start, end), has_more: start > 0, url }
  }
  const start = starting_after === undefined ? 0 : find(starting_after, 'starting_after') + 1
  const data = items.slice(start, start + limit)
  return { object: 'list', data, has_more: start + limit < items.length, url }
}
