/**
 * What a page may reach: only where something is paid Stripe is talked to, only a checkout and its receipt show
 * pictures from elsewhere, which the merchant chose.
 */
export type PageKind = 'checkout' | 'finish' | 'receipt' | 'other'

export type HeaderInput = {
  kind: PageKind
  nonce: string
  /** Public origin of this server; HSTS is sent only where it is https. */
  baseUrl: string
  /** Address of the sandbox's Stripe.js, or null where Stripe.js comes from Stripe. */
  jsUrl: string | null
  /** `next dev` compiles with eval. */
  development: boolean
}

type Origins = { script: string[]; connect: string[]; frame: string[]; img: string[]; payment: string[] }

/** Stripe, "Security at Stripe: Content Security Policy", for Stripe.js with Link. */
const stripeOrigins: Origins = {
  script: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  connect: ['https://api.stripe.com', 'https://link.com', 'https://*.link.com'],
  frame: [
    'https://js.stripe.com',
    'https://*.js.stripe.com',
    'https://hooks.stripe.com',
    'https://link.com',
    'https://*.link.com',
  ],
  // A merchant's product pictures lie on any https host; only the checkout may show them.
  img: ['https:'],
  payment: ['https://js.stripe.com'],
}

const noOrigins: Origins = { script: [], connect: [], frame: [], img: [], payment: [] }

function originsFor({ kind, jsUrl }: HeaderInput): Origins {
  if (kind === 'receipt') return { ...noOrigins, img: ['https:'] }
  if (kind !== 'checkout' && kind !== 'finish') return noOrigins
  const sandbox = jsUrl === null ? null : [new URL(jsUrl).origin]
  const origins = sandbox
    ? { script: sandbox, connect: sandbox, frame: sandbox, img: ['https:'], payment: sandbox }
    : stripeOrigins
  return kind === 'finish' ? { ...origins, img: [] } : origins
}

/** The policy of one response; Next reads the nonce out of the same value on the request. */
export function contentSecurityPolicy(input: HeaderInput): string {
  const { script, connect, frame, img } = originsFor(input)
  const directives: [string, string[]][] = [
    ['default-src', ["'self'"]],
    [
      'script-src',
      ["'self'", `'nonce-${input.nonce}'`, ...script, ...(input.development ? ["'unsafe-eval'"] : [])],
    ],
    ['connect-src', ["'self'", ...connect]],
    ['frame-src', frame.length > 0 ? frame : ["'none'"]],
    ['img-src', ["'self'", 'data:', ...img]],
    ['style-src', ["'self'", "'unsafe-inline'"]],
    ['font-src', ["'self'"]],
    ['object-src', ["'none'"]],
    ['base-uri', ["'none'"]],
    ['form-action', ["'self'"]],
    ['frame-ancestors', ["'none'"]],
  ]
  return directives.map(([name, values]) => `${name} ${values.join(' ')}`).join('; ')
}

/** The address of a receipt or of an unfinished payment is a key to it. */
const referrers: Record<PageKind, string> = {
  checkout: 'strict-origin-when-cross-origin',
  finish: 'strict-origin',
  receipt: 'no-referrer',
  other: 'strict-origin-when-cross-origin',
}

/** All security headers of one response, the policy included. */
export function securityHeaders(input: HeaderInput): Record<string, string> {
  const payment = originsFor(input).payment.map((origin) => `"${origin}"`)
  return {
    'Content-Security-Policy': contentSecurityPolicy(input),
    ...(input.baseUrl.startsWith('https://')
      ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }
      : {}),
    'Referrer-Policy': referrers[input.kind],
    'X-Content-Type-Options': 'nosniff',
    // Bank and wallet pages that open beside a checkout report back to it through their opener.
    'Cross-Origin-Opener-Policy': payment.length > 0 ? 'same-origin-allow-popups' : 'same-origin',
    'Permissions-Policy': `payment=(${payment.length > 0 ? ['self', ...payment].join(' ') : ''}), camera=(), microphone=(), geolocation=()`,
    ...(input.kind === 'receipt' || input.kind === 'finish' ? { 'Cache-Control': 'private, no-store' } : {}),
  }
}
