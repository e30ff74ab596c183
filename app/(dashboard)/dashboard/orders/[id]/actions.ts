'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { recheckOrder } from '@/lib/checkout/recheck'
import { releaseOrder } from '@/lib/checkout/release'
import { AppError } from '@/lib/errors'
import { action } from '@/lib/http/action'
import { parseMoney } from '@/lib/money'
import { findOrder } from '@/lib/orders/order-details'
import { refundOrder } from '@/lib/orders/refund-order'

const id = z.string().min(1).max(100)

/** Back to the order, which says what was done. */
const back = (order: string, done: string) => redirect(`/dashboard/orders/${order}?done=${done}` as Route)

export const recheck = action({
  schema: z.object({ order: id }),
  handler: async ({ order }) => {
    await recheckOrder(order)
    back(order, 'recheck')
  },
})

export const accept = action({
  schema: z.object({
    order: id,
    sure: z.literal('on', 'Look at why it is held first, then tick this.'),
  }),
  handler: async ({ order }, { user }) => {
    await releaseOrder(order, user.email)
    // Stripe was asked again on the way, and the page says so.
    back(order, 'recheck')
  },
})

export const refund = action({
  schema: z.object({
    order: id,
    amount: z.string().max(30),
    /** The state of the order's money on the page that was sent: a second press is the same wish. */
    seen: z.coerce.number().int().min(0),
  }),
  keep: ['amount'],
  handler: async ({ order, amount, seen }) => {
    const found = await findOrder(order)
    if (!found) throw new AppError('not_found', 'There is no such order.')
    const parsed = parseMoney(amount, found.currency)
    if (!parsed.ok) throw new AppError('invalid_request', parsed.reason, { param: 'amount' })
    await refundOrder(order, parsed.amount, seen)
    back(order, 'refund')
  },
})
