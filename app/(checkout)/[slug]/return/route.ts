import { notFound } from 'next/navigation'
import type { NextRequest } from 'next/server'
import { type Destination, finishCheckout } from '@/lib/checkout/finish'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { readBuyerHash } from '@/lib/http/buyer'
import { chooseLocale } from '@/lib/i18n/choose'
import type { Locale } from '@/lib/i18n/locales'
import { log } from '@/lib/log'

/** Where Stripe sends the buyer after payment: settles the session, then 303 to where the buyer belongs. */
export async function GET(request: NextRequest, { params }: RouteContext<'/[slug]/return'>) {
  const { slug } = await params
  const locale = languageOf(request)
  const session = request.nextUrl.searchParams.get('session_id') ?? ''
  if (!/^cs_[A-Za-z0-9_]{8,250}$/.test(session)) notFound()
  const destination = await finish(session)
  if (!destination) notFound()
  return see(address(destination, slug, session, locale))
}

/** Money may have moved: when Stripe cannot be asked now, the buyer waits on a page that asks again. */
async function finish(session: string): Promise<Destination | 'later' | null> {
  try {
    return await finishCheckout(session, await readBuyerHash())
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null
    log.error({ session, error }, 'a returning buyer could not be settled at once')
    return 'later'
  }
}

/** The language the address names, or null where the browser asks for the same by itself. */
function languageOf({ nextUrl, headers }: NextRequest): Locale | null {
  const accepted = headers.get('accept-language')
  const locale = chooseLocale(nextUrl.searchParams.getAll('locale'), accepted)
  return locale === chooseLocale([], accepted) ? null : locale
}

function address(
  destination: Destination | 'later',
  slug: string,
  session: string,
  locale: Locale | null,
): string {
  if (destination !== 'later' && destination.kind === 'external') return destination.url
  const url = new URL(env().baseUrl + pathOf(destination, slug))
  if (destination === 'later') url.searchParams.set('session_id', session)
  if (locale) url.searchParams.set('locale', locale)
  return url.href
}

function pathOf(destination: 'later' | Exclude<Destination, { kind: 'external' }>, slug: string): string {
  if (destination === 'later') return `/${encodeURIComponent(slug)}/return/wait`
  if (destination.kind === 'receipt') return `/receipt/${destination.token}`
  return `/${destination.slug}${destination.search && `?${destination.search}`}`
}

function see(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
