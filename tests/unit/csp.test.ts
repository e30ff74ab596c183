import { describe, expect, test } from 'vitest'
import { contentSecurityPolicy, type HeaderInput, securityHeaders } from '@/lib/http/csp'

const checkout: HeaderInput = {
  kind: 'checkout',
  nonce: 'bm9uY2U=',
  baseUrl: 'https://pay.acme.com',
  jsUrl: null,
  development: false,
}
const sandbox: HeaderInput = {
  ...checkout,
  baseUrl: 'http://localhost:3000',
  jsUrl: 'http://127.0.0.1:12111/v3/stripe.js',
}

describe('the headers of a checkout', () => {
  test('let in Stripe, our own scripts by nonce, and nothing else', () => {
    expect(contentSecurityPolicy(checkout).split('; ')).toEqual([
      "default-src 'self'",
      "script-src 'self' 'nonce-bm9uY2U=' https://js.stripe.com https://*.js.stripe.com",
      "connect-src 'self' https://api.stripe.com https://link.com https://*.link.com",
      'frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com https://link.com https://*.link.com',
      "img-src 'self' data: https:",
      "style-src 'self' 'unsafe-inline'",
      "font-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ])
  })

  test('name the sandbox in place of Stripe where its Stripe.js is used', () => {
    const policy = contentSecurityPolicy(sandbox)
    expect(policy).not.toContain('stripe.com')
    expect(policy).toContain("script-src 'self' 'nonce-bm9uY2U=' http://127.0.0.1:12111;")
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:12111;")
    expect(policy).toContain('frame-src http://127.0.0.1:12111;')
  })

  test('let wallets pay and windows report back', () => {
    const headers = securityHeaders(checkout)
    expect(headers['Permissions-Policy']).toContain('payment=(self "https://js.stripe.com")')
    expect(headers['Cross-Origin-Opener-Policy']).toBe('same-origin-allow-popups')
    expect(headers['X-Content-Type-Options']).toBe('nosniff')
  })
})

test.each(['receipt', 'other'] as const)('a %s page reaches neither Stripe nor the sandbox', (kind) => {
  for (const input of [checkout, sandbox]) {
    const headers = JSON.stringify(securityHeaders({ ...input, kind }))
    expect(headers).not.toMatch(/stripe\.com|link\.com|12111/)
    expect(headers).toContain("frame-src 'none'")
    expect(headers).toContain('payment=()')
  }
})

test('of pages that are not paid on, a receipt alone shows the merchant’s pictures, and nothing else from elsewhere', () => {
  const others = (kind: 'receipt' | 'other') =>
    contentSecurityPolicy({ ...checkout, kind })
      .split('; ')
      .filter((rule) => rule.includes('https:'))
  expect(others('receipt')).toEqual(["img-src 'self' data: https:"])
  expect(others('other')).toEqual([])
})

test('a receipt is never stored and tells nobody its address', () => {
  const headers = securityHeaders({ ...checkout, kind: 'receipt' })
  expect(headers['Cache-Control']).toBe('private, no-store')
  expect(headers['Referrer-Policy']).toBe('no-referrer')
})

test('only an https address is pinned to https', () => {
  expect(securityHeaders(checkout)['Strict-Transport-Security']).toMatch(/^max-age=63072000/)
  expect(securityHeaders(sandbox)).not.toHaveProperty('Strict-Transport-Security')
})

test('eval is for development only', () => {
  expect(contentSecurityPolicy(checkout)).not.toContain('unsafe-eval')
  expect(contentSecurityPolicy({ ...checkout, development: true })).toContain("'unsafe-eval'")
})
