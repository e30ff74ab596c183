/** What a browser asks the sandbox for, as the server hands it to a route. */
export type BrowserRequest = {
  /** Values of the `:name` parts of the route's path. */
  params: Record<string, string>
  query: URLSearchParams
  body: string
  /** The sandbox's own public origin, without a slash at the end. */
  origin: string
}

export type BrowserResponse = {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array
}

export type BrowserRoute = {
  method: 'GET' | 'POST'
  /** For instance `/v3/elements/:type`. */
  path: string
  handle: (request: BrowserRequest) => BrowserResponse | Promise<BrowserResponse>
}

/** Stripe.js and the pages it opens; the sandbox's server mounts them. */
export const browserRoutes: BrowserRoute[] = []
