import { notFound } from 'next/navigation'
import type { NextRequest } from 'next/server'
import { type Destination, finishCheckout } from '@/lib/checkout/finish'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'

/** Where Stripe sends the buyer after payment: settles the session, then 303 to where the buyer belongs. */
export async function GET(request: NextRequest, { params }: RouteContext<'/[slug]/return'>) {
  const { slug } = await params
  const session = request.nextUrl.searchParams.get('session_id') ?? ''
  if (!/^cs_[A-Za-z0-9_]{8,250}$/.test(session)) notFound()
  const destination = await finish(session)
  if (!destination) notFound()
  return see(address(destination, slug, session))
}

/** Money may have moved: when Stripe cannot be asked now, the buyer waits on a page that asks again. */
async function finish(session: string): Promise<Destination | 'later' | null> {
  try {
    return await finishCheckout(session)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null
    log.error({ session, error }, 'a returning buyer could not be settled at once')
    return 'later'
  }
}

function address(destination: Destination | 'later', slug: string, session: string): string {
  const { baseUrl } = env()
  if (destination === 'later') return `${baseUrl}/${slug}/return/wait?session_id=${session}`
  if (destination.kind === 'external') return destination.url
  return destination.kind === 'receipt' ? `${baseUrl}/receipt/${destination.token}` : `${baseUrl}/${slug}`
}

function see(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
