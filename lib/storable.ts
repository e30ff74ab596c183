/** Text that Postgres keeps: it refuses NUL in every column and a lone surrogate in jsonb. */
function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD')
}

/**
 * A value of somebody else's making with every text in it made fit for a column: what cannot be kept becomes
 * U+FFFD, keys included. Objects with a prototype of their own (Stripe's decimals) are passed on as they are.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return storableText(value) as T
  if (Array.isArray(value)) return value.map(storable) as T
  if (value === null || typeof value !== 'object') return value
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [storableText(name), storable(part)]),
  ) as T
}
