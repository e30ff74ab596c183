import type { Stripe } from '@stripe/stripe-js'
import { loadStripe } from '@stripe/stripe-js/pure'
import type { StripeJsLocale } from '@/lib/i18n/stripe-locales'

/** Where `loadStripe` fetches the release of this package from; named so that a page can preload it. */
export const stripeJsUrl = 'https://js.stripe.com/endive/stripe.js'

export type StripeJsSource = {
  publishableKey: string
  /** The sandbox's Stripe.js, or null: then Stripe.js comes from Stripe itself, always. */
  jsUrl: string | null
  /** Language of the fields. */
  locale: StripeJsLocale
}

/**
 * Stripe.js, ready to use.
 * @param patience milliseconds after which a script that neither loads nor fails counts as unreachable
 * @throws when the script is blocked, unreachable or too slow
 */
export async function loadStripeJs(source: StripeJsSource, patience: number): Promise<Stripe> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooSlow = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Stripe.js did not load in time.')), patience)
  })
  try {
    return await Promise.race([load(source), tooSlow])
  } finally {
    clearTimeout(timer)
  }
}

async function load({ publishableKey, jsUrl, locale }: StripeJsSource): Promise<Stripe> {
  // loadStripe takes a window.Stripe that is there already and only else fetches Stripe's own.
  if (jsUrl !== null) await loadScript(jsUrl)
  const stripe = await loadStripe(publishableKey, { locale })
  if (!stripe) throw new Error('Stripe.js is for browsers.')
  return stripe
}

let sandboxScript: Promise<void> | null = null

function loadScript(src: string): Promise<void> {
  sandboxScript ??= new Promise<void>((resolve, reject) => {
    const script = document.createElement('script')
    script.src = src
    script.addEventListener('load', () => resolve())
    script.addEventListener('error', () => {
      sandboxScript = null
      script.remove()
      reject(new Error('The sandbox’s Stripe.js did not load.'))
    })
    document.head.append(script)
  })
  return sandboxScript
}
