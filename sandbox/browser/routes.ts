import { asset } from './bundle'
import { framePage, standalonePage } from './documents'

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

/** Public name of an asset → the file it is made from. */
const assets: Record<string, string> = {
  'element.js': './frame/main.ts',
  'element.css': './frame/element.css',
  'payment.css': './frame/payment.css',
  'authenticate.js': './pages/authenticate.ts',
  'redirect.js': './pages/redirect.ts',
  'wallet.js': './pages/wallet.ts',
  'page.css': './pages/page.css',
}

const elementTypes = ['payment', 'contactDetails', 'address', 'expressCheckout', 'taxId', 'currencySelector']

const notFound: BrowserResponse = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'Not found',
}

async function file(name: string): Promise<BrowserResponse> {
  const type = name.endsWith('.css') ? 'text/css' : 'text/javascript'
  return {
    status: 200,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'public, max-age=60',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    },
    body: await asset(name),
  }
}

/** Stripe.js and the pages it opens; the sandbox's server mounts them. */
export const browserRoutes: BrowserRoute[] = [
  { method: 'GET', path: '/v3/stripe.js', handle: () => file('./host/stripe.ts') },
  {
    method: 'GET',
    path: '/v3/assets/:name',
    handle: ({ params }) => {
      const source = assets[params.name ?? '']
      return source ? file(source) : notFound
    },
  },
  {
    method: 'GET',
    path: '/v3/elements/:type',
    handle: ({ params: { type = '' } }) => (elementTypes.includes(type) ? framePage(type) : notFound),
  },
  {
    method: 'GET',
    path: '/v3/authenticate',
    handle: () =>
      standalonePage({ title: 'Authenticate the payment', script: 'authenticate.js', framed: true }),
  },
  {
    method: 'GET',
    path: '/v3/wallet',
    handle: () => standalonePage({ title: 'Sandbox Pay', script: 'wallet.js', framed: true }),
  },
  {
    method: 'GET',
    path: '/v3/redirect',
    handle: () => standalonePage({ title: 'Authorise the payment', script: 'redirect.js', framed: false }),
  },
]
