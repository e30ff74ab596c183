import type { Stripe } from '@stripe/stripe-js'
import { loadStripe } from '@stripe/stripe-js/pure'

/** Puts the sandbox's Stripe.js into the page, as the address says, then loads it as a shop would. */
export function loadStandIn(query: URLSearchParams): Promise<Stripe | null> {
  const script = document.createElement('script')
  script.src = query.get('stripe') ?? ''
  script.nonce = document.querySelector('script')?.nonce ?? ''
  document.head.append(script)
  return new Promise((resolve, reject) => {
    script.onload = () =>
      resolve(loadStripe('pk_test_page', { locale: (query.get('locale') ?? 'en') as 'en' }))
    script.onerror = () => reject(new Error('Stripe.js did not load'))
  })
}
