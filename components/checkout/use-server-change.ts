'use client'

import { useState } from 'react'
import type { ChangeReply } from '@/lib/checkout/update'
import { useCheckoutRoot } from './checkout-root'

/**
 * Lets our server change the session: Stripe.js waits for it, then reads the session again, and paying waits
 * for both. A change that cannot be seen here counts as not made.
 */
export function useServerChange() {
  const { checkout, during, paying } = useCheckoutRoot()
  const [busy, setBusy] = useState(false)

  async function make(change: (session: string) => Promise<ChangeReply>): Promise<ChangeReply> {
    const answer: { reply: ChangeReply } = { reply: { kind: 'unavailable' } }
    if (!checkout || busy) return answer.reply
    setBusy(true)
    const seen = await during(
      checkout.runServerUpdate(async () => {
        answer.reply = await change(checkout.id)
      }),
    ).then(
      (result) => result.type === 'success',
      () => false,
    )
    setBusy(false)
    return seen ? answer.reply : { kind: 'unavailable' }
  }

  return { ready: checkout !== null && !paying, busy, make }
}
