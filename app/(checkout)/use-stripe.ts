'use client'

import type { Stripe } from '@stripe/stripe-js'
import { useLocale } from 'next-intl'
import { useEffect, useState } from 'react'
import { stripeJsLocale } from '@/lib/i18n/stripe-locales'
import { loadStripeJs } from '@/lib/stripe/browser'

/** Milliseconds after which a part of Stripe that has not answered is called unreachable. */
export const stripePatience = 8000

export type StripeState = { kind: 'loading' } | { kind: 'ready'; stripe: Stripe } | { kind: 'unreachable' }

/** Loads Stripe.js once. A buyer's way out of trouble is to load the page again; the session is resumed. */
export function useStripe(publishableKey: string, jsUrl: string | null): StripeState {
  const locale = useLocale()
  const [state, setState] = useState<StripeState>({ kind: 'loading' })
  useEffect(() => {
    let gone = false
    loadStripeJs({ publishableKey, jsUrl, locale: stripeJsLocale(locale) }, stripePatience).then(
      (stripe) => gone || setState({ kind: 'ready', stripe }),
      () => gone || setState({ kind: 'unreachable' }),
    )
    return () => {
      gone = true
    }
  }, [publishableKey, jsUrl, locale])
  return state
}
