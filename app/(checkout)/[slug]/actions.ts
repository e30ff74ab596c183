'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { type HoldAnswer, holdPlace as holdPlaceOf } from '@/lib/checkout/hold'
import { AppError } from '@/lib/errors'
import { readBuyerHash } from '@/lib/http/buyer'
import { isSameOrigin } from '@/lib/http/origin'
import { log } from '@/lib/log'

const input = z.strictObject({ session: z.string().regex(/^cs_[A-Za-z0-9_]{8,250}$/) })

/** `unavailable`: it could not be found out, so do not pay now; `unknown`: this browser has no such checkout. */
export type HoldReply = HoldAnswer | { kind: 'unavailable' } | { kind: 'unknown' }

/** Holds the places of this browser's checkout, just before it is paid. */
export async function holdPlace(sent: unknown): Promise<HoldReply> {
  const parsed = input.safeParse(sent)
  const buyerHash = await readBuyerHash()
  if (!parsed.success || !buyerHash || !isSameOrigin(await headers())) return { kind: 'unknown' }
  try {
    return await holdPlaceOf(parsed.data.session, buyerHash)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return { kind: 'unknown' }
    log.error({ session: parsed.data.session, error }, 'a place could not be held')
    return { kind: 'unavailable' }
  }
}
