import type { Incoming } from './request'

/**
 * Whether a request to the control endpoints or the window may come from where it says: tools send no `Origin`,
 * the sandbox's own pages send their own; another site in a browser sends something else.
 */
export function isFromElsewhere({ headers }: Incoming, origins: readonly string[]): boolean {
  const site = headers['sec-fetch-site']
  const { origin } = headers
  if (origin !== undefined) return !origins.includes(origin)
  return site === 'cross-site' || site === 'same-site'
}
