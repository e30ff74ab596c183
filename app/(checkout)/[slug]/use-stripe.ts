'use client'

import type { Stripe } from '@stripe/stripe-js'
import { useEffect, useState } from 'react'
import { loadStripeJs } from '@/lib/stripe/browser'

/** Milliseconds after which a part of Stripe that has not answered is called unreachable. */
export const stripePatience = 8000

export type StripeState = { kind: 'loading' } | { kind: 'ready'; stripe: Stripe } | { kind: 'unreachable' }

/** Loads Stripe.js once. A buyer's way out of trouble is to load the page again; the session is resumed. */
export function useStripe(publishableKey: string, jsUrl: string | null): StripeState {
  const [state, setState] = useState<StripeState>({ kind: 'loading' })
  useEffect(() => {
    let gone = false
    loadStripeJs({ publishableKey, jsUrl, locale: 'en' }, stripePatience).then(
      (stripe) => gone || setState({ kind: 'ready', stripe }),
      () => gone || setState({ kind: 'unreachable' }),
    )
    return () => {
      gone = true
    }
  }, [publishableKey, jsUrl])
  return state
}
