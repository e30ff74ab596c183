import { notFound } from 'next/navigation'
import type { NextRequest } from 'next/server'
import { settleFinished } from '@/lib/checkout/finish-charge'
import { env } from '@/lib/env'
import { findLocale } from '@/lib/i18n/locales'
import { log } from '@/lib/log'

/** Where the buyer comes back from the bank: asks Stripe how the payment stands, then 303 to the page that says so. */
export async function GET({ nextUrl }: NextRequest, { params }: RouteContext<'/finish/[token]/return'>) {
  const { token } = await params
  const known = await settle(token)
  if (known === false) notFound()
  const page = new URL(`${env().baseUrl}/finish/${token}`)
  const locale = findLocale(nextUrl.searchParams.get('locale') ?? '')
  if (locale) page.searchParams.set('locale', locale)
  if (known === null) page.searchParams.set('unsure', '')
  return new Response(null, { status: 303, headers: { location: page.href, 'cache-control': 'no-store' } })
}

/** @returns null when Stripe could not be asked: money may have moved, so the page asks again */
async function settle(token: string): Promise<boolean | null> {
  try {
    return await settleFinished(token)
  } catch (error) {
    log.error({ error }, 'a buyer who finished a payment could not be told at once')
    return null
  }
}
