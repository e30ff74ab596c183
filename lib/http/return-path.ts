const dashboard = '/dashboard'
const firstPage = '/dashboard/links'

/**
 * Where to go after sign-in. Only paths of the dashboard are followed; anything else, another site above
 * all, becomes its first page. The path is resolved as a browser would before it is judged, because
 * `/\host`, `/.//host` and a tab inside can all turn a path into another address.
 */
export function returnPath(next: string | undefined): string {
  const origin = 'http://path.invalid'
  if (!next || !URL.canParse(next, origin)) return firstPage
  const url = new URL(next, origin)
  const inside = url.pathname === dashboard || url.pathname.startsWith(`${dashboard}/`)
  return url.origin === origin && inside ? `${url.pathname}${url.search}` : firstPage
}
