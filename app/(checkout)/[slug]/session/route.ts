import type { NextRequest } from 'next/server'
import { z } from 'zod'
import { openCheckout } from '@/lib/checkout/open'
import { AppError } from '@/lib/errors'
import { ensureBuyerHash } from '@/lib/http/buyer'
import { clientAddress } from '@/lib/http/client-address'
import { errorReply, requireSameOrigin } from '@/lib/http/reply'
import { parse } from '@/lib/parse'

const body = z.object({
  search: z.string().max(16_384).default(''),
  referrer: z.string().max(4096).default(''),
})

/** Opens or resumes the checkout session of this browser on a link. */
export async function POST(request: NextRequest, { params }: RouteContext<'/[slug]/session'>) {
  try {
    requireSameOrigin(request.headers)
    const { slug } = await params
    const { search, referrer } = parse(body, await readJson(request))
    const opened = await openCheckout({
      slug,
      search,
      referrer,
      buyerHash: await ensureBuyerHash(),
      address: clientAddress(request.headers),
      userAgent: request.headers.get('user-agent') ?? '',
      acceptLanguage: request.headers.get('accept-language'),
    })
    return Response.json(opened, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return errorReply(error, '/[slug]/session')
  }
}

async function readJson(request: NextRequest): Promise<unknown> {
  const text = await request.text()
  if (text.length > 32_768) throw new AppError('invalid_request', 'The request is too large.')
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    throw new AppError('invalid_request', 'The request is not JSON.')
  }
}
