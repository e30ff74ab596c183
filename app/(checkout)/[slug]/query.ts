/** The parameters of an address as Next hands them to a page. */
export type Query = Record<string, string | string[] | undefined>

/** Writes them as they came, with their `?`; empty where there are none. */
export function queryOf(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, each]),
  )
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''
}
