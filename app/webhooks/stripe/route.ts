import { after, type NextRequest } from 'next/server'
import { receiveStripeEvent } from '@/lib/checkout/inbox'
import { workOnEvent } from '@/lib/checkout/inbox-work'
import { AppError } from '@/lib/errors'
import { errorReply } from '@/lib/http/reply'

const largest = 1_048_576

/** Stripe's way in: verify, keep, answer. The work happens from the kept row, here right after the answer. */
export async function POST(request: NextRequest) {
  try {
    const bytes = Buffer.from(await request.arrayBuffer())
    if (bytes.length > largest) throw new AppError('invalid_request', 'The event is too large.')
    // Not request.text(): it drops a byte order mark, and another body than the signed one would verify.
    const body = bytes.toString('utf8')
    const { id, isNew } = await receiveStripeEvent(body, request.headers.get('stripe-signature'))
    if (isNew) after(() => workOnEvent(id))
    return Response.json({ received: true })
  } catch (error) {
    return errorReply(error, '/webhooks/stripe')
  }
}
