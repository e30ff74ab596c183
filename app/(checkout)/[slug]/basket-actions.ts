'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import {
  type ChangeAnswer,
  type ChangeReply,
  changeOptionalItem,
  chooseAmount as chooseAmountOf,
} from '@/lib/checkout/update'
import { AppError } from '@/lib/errors'
import { readBuyerHash } from '@/lib/http/buyer'
import { isSameOrigin } from '@/lib/http/origin'
import { log } from '@/lib/log'

const session = z.string().regex(/^cs_[A-Za-z0-9_]{8,250}$/)
const itemInput = z.strictObject({
  session,
  price: z.string().regex(/^price_[A-Za-z0-9_]{1,250}$/),
  quantity: z.int().min(0).max(999_999),
})
const amountInput = z.strictObject({ session, amount: z.int().min(0).max(99_999_999) })

/** Adds an optional item to this browser's checkout, changes how many, or takes it out (0). */
export async function changeItem(sent: unknown): Promise<ChangeReply> {
  const parsed = itemInput.safeParse(sent)
  if (!parsed.success) return { kind: 'unknown' }
  return change((buyerHash) => changeOptionalItem(parsed.data.session, buyerHash, parsed.data))
}

/** Sets the amount the buyer chose, in minor units. */
export async function chooseAmount(sent: unknown): Promise<ChangeReply> {
  const parsed = amountInput.safeParse(sent)
  if (!parsed.success) return { kind: 'unknown' }
  return change((buyerHash) => chooseAmountOf(parsed.data.session, buyerHash, parsed.data.amount))
}

async function change(make: (buyerHash: string) => Promise<ChangeAnswer>): Promise<ChangeReply> {
  const buyerHash = await readBuyerHash()
  if (!buyerHash || !isSameOrigin(await headers())) return { kind: 'unknown' }
  try {
    return await make(buyerHash)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return { kind: 'unknown' }
    log.error({ error }, 'what is bought could not be changed')
    return { kind: 'unavailable' }
  }
}
