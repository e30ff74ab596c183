import type { z } from 'zod'
import { AppError } from './errors'

/** A zod path in Stripe's notation: `['line_items', 0, 'price']` → `line_items[0][price]`. */
export function paramName(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join('')
}

/**
 * Parses input at an edge.
 * @throws AppError `invalid_request` that names the first field and its rule
 */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const param = issue ? paramName(issue.path) : ''
  const message = issue ? issue.message : 'The input is not valid.'
  throw new AppError('invalid_request', message, param ? { param } : {})
}
