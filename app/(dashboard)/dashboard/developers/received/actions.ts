'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { retryDeadEvent, retryDeadEvents } from '@/lib/checkout/dead-events'
import { action } from '@/lib/http/action'

const path = '/dashboard/developers/received'

export const retryOne = action({
  schema: z.object({ event: z.string().min(1).max(255) }),
  handler: async ({ event }) => {
    await retryDeadEvent(event)
    redirect(path)
  },
})

export const retryAll = action({
  schema: z.object({}),
  handler: async () => {
    await retryDeadEvents()
    redirect(path)
  },
})
