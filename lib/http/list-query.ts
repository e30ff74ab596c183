import { z } from 'zod'
import type { PageRequest } from '@/lib/page'

const cursor = z.string().min(1).max(100).optional().catch(undefined)
const query = z.object({ after: cursor, before: cursor })

const rowsPerPage = 50

/** Which page of a list an address asks for: `?after=` or `?before=` an id. What is malformed is left out. */
export function listQuery(searchParams: object): PageRequest {
  const { after, before } = query.parse(searchParams)
  return { limit: rowsPerPage, after, before: after === undefined ? before : undefined }
}

/** The address of that page, to come back to it after sign-in. */
export function listAddress(path: string, { after, before }: PageRequest): string {
  if (after !== undefined) return `${path}?after=${encodeURIComponent(after)}`
  return before === undefined ? path : `${path}?before=${encodeURIComponent(before)}`
}
