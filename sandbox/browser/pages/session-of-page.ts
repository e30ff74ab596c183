import { postJson } from '../api-client'
import type { PageState } from '../page-state'

/** What a bank's page knows: which payment, and the session it belongs to. */
export type BankPage = { paymentIntent: string; session: string; clientSecret: string }

/** Reads the page's own address. Throws where it is not one the sandbox handed out. */
export function readAddress(): BankPage {
  const query = new URLSearchParams(window.location.search)
  const paymentIntent = query.get('payment_intent')
  const session = query.get('session')
  const clientSecret = query.get('session_secret')
  if (!paymentIntent || !session || !clientSecret) throw new Error('This page was opened without a payment.')
  return { paymentIntent, session, clientSecret }
}

export function retrieveSession({ session, clientSecret }: BankPage): Promise<PageState> {
  return postJson(`/_js/checkout_sessions/${session}/retrieve`, { client_secret: clientSecret })
}
