import type { Locale } from './locales'

/** Languages of Stripe's fields (`StripeElementLocale`): all of ours but Hindi. */
export type StripeJsLocale = Exclude<Locale, 'hi-IN'>

/** The language Stripe.js is asked for. Never `auto`: the page around its fields has decided. */
export function stripeJsLocale(locale: Locale): StripeJsLocale {
  return locale === 'hi-IN' ? 'en' : locale
}

/** Languages of a Checkout Session (`Checkout.SessionCreateParams.Locale`): all of ours but those from right to left. */
export type SessionLocale = Exclude<Locale, 'ar' | 'he'>

/** The language a Checkout Session is made in; undefined where Stripe does not know it. */
export function sessionLocale(locale: Locale): SessionLocale | undefined {
  return locale === 'ar' || locale === 'he' ? undefined : locale
}
