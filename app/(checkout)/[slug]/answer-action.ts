'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { type AnswerReply, saveAnswers as saveAnswersOf } from '@/lib/checkout/answers'
import { AppError } from '@/lib/errors'
import { readBuyerHash } from '@/lib/http/buyer'
import { isSameOrigin } from '@/lib/http/origin'
import { log } from '@/lib/log'

const input = z.strictObject({
  session: z.string().regex(/^cs_[A-Za-z0-9_]{8,250}$/),
  answers: z
    .record(z.string().max(200), z.union([z.string().max(10_000), z.boolean()]))
    .refine((answers) => Object.keys(answers).length <= 30),
  terms: z.string().max(100).nullable(),
  promotions: z.boolean(),
})

/** `unavailable`: they could not be kept, so do not pay now; `unknown`: this is no form of this browser's checkout. */
export type AnswersReply = AnswerReply | { kind: 'unavailable' } | { kind: 'unknown' }

/** Checks and keeps the answers of this browser's checkout, just before it is paid. */
export async function saveAnswers(sent: unknown): Promise<AnswersReply> {
  const parsed = input.safeParse(sent)
  const buyerHash = await readBuyerHash()
  if (!parsed.success || !buyerHash || !isSameOrigin(await headers())) return { kind: 'unknown' }
  const { session, ...given } = parsed.data
  try {
    return await saveAnswersOf(session, buyerHash, given)
  } catch (error) {
    const isStrange =
      error instanceof AppError && (error.code === 'not_found' || error.code === 'invalid_request')
    if (isStrange) return { kind: 'unknown' }
    log.error({ session, error }, 'answers could not be kept')
    return { kind: 'unavailable' }
  }
}
