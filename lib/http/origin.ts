import { env } from '@/lib/env'

/**
 * Whether a request was sent by a page of this site. A missing `Origin` and `null` are refused too: browsers
 * send a true one with every POST, except where a page or a sandbox hides it.
 */
export function isSameOrigin(headers: Headers): boolean {
  return headers.get('origin') === env().baseUrl
}
