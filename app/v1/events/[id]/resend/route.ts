import { resendEvent } from '@/lib/events/resend'
import { resendEventInput } from '@/lib/events/schema'
import { api } from '@/lib/http/api'
import { parse } from '@/lib/parse'

/** Beyond Stripe: sends one event again, to one endpoint or to all that want it. */
export const POST = api<{ id: string }>('events:write', async ({ params, input }) => {
  const { webhook_endpoint } = parse(resendEventInput, input)
  return { object: 'resend', event: params.id, count: await resendEvent(params.id, webhook_endpoint) }
})
