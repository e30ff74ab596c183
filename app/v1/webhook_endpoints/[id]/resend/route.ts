import { resendRange } from '@/lib/events/resend'
import type { ResendRangeInput } from '@/lib/events/schema'
import { api } from '@/lib/http/api'

/** Beyond Stripe: sends the events of a time again. */
export const POST = api<{ id: string }>('webhook_endpoints:write', async ({ params, input }) => ({
  object: 'resend',
  webhook_endpoint: params.id,
  count: await resendRange(params.id, input as ResendRangeInput),
}))
