import { timingSafeEqual } from 'node:crypto'
import { notFound } from 'next/navigation'
import type { NextRequest } from 'next/server'
import { env } from '@/lib/env'
import { metricsText } from '@/lib/metrics'

/** Metrics for whoever holds the token; for everybody else there is nothing here. */
export async function GET(request: NextRequest) {
  if (!isAllowed(request.headers.get('authorization'))) notFound()
  return new Response(await metricsText(), {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
  })
}

function isAllowed(header: string | null): boolean {
  const { metricsToken } = env()
  if (metricsToken === null || header === null) return false
  const [given, wanted] = [Buffer.from(header), Buffer.from(`Bearer ${metricsToken}`)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
