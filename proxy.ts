import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { env } from '@/lib/env'
import { type PageKind, securityHeaders } from '@/lib/http/csp'
import { localeHeader } from '@/lib/http/language-header'
import { chooseLocale } from '@/lib/i18n/choose'
import { defaultLocale } from '@/lib/i18n/locales'
import { reservedSlugs } from '@/lib/links/slug'

/**
 * Sets a nonce and the security headers, and chooses the language of a payer's page. It guards nothing: every page
 * and action checks permission itself.
 */
export function proxy(request: NextRequest) {
  if (!isReadable(request.nextUrl.pathname)) return new NextResponse('Not found\n', { status: 404 })
  const nonce = randomBytes(16).toString('base64')
  const kind = pageKind(request.nextUrl.pathname)
  const headers = securityHeaders({
    kind,
    nonce,
    baseUrl: env().baseUrl,
    jsUrl: env().stripe.jsUrl,
    development: process.env.NODE_ENV === 'development',
  })
  const forwarded = new Headers(request.headers)
  forwarded.set('x-nonce', nonce)
  forwarded.set('Content-Security-Policy', headers['Content-Security-Policy'] ?? '')
  forwarded.set(localeHeader, kind === 'other' ? defaultLocale : languageOf(request))
  const response = NextResponse.next({ request: { headers: forwarded } })
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

/** Next answers 500 where it cannot decode the value of a dynamic segment (`/%`, a shared address cut short). */
function isReadable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname)
    return true
  } catch {
    return false
  }
}

function languageOf({ nextUrl, headers }: NextRequest): string {
  return chooseLocale(nextUrl.searchParams.getAll('locale'), headers.get('accept-language'))
}

function pageKind(pathname: string): PageKind {
  const first = pathname.split('/')[1] ?? ''
  if (first === 'receipt' || first === 'finish') return first
  return first === '' || reservedSlugs.has(first) ? 'other' : 'checkout'
}

export const config = {
  // Static files carry no nonce, and Stripe's webhooks reach their route with the body untouched.
  matcher: [
    '/((?!_next/static/|_next/image|icon\\.svg$|favicon\\.ico$|webhooks/|healthz$|readyz$|metrics$).*)',
  ],
}
