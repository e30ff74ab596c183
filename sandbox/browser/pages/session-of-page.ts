import type { PageState } from '../../browser-api'
import { postJson } from '../api-client'

/** What a bank's page knows: which payment, and the secret of the session it belongs to. */
export type BankPage = { paymentIntent: string; clientSecret: string }

/** Reads the page's own address. Throws where it is not one the sandbox handed out. */
export function readAddress(): BankPage {
  const query = new URLSearchParams(window.location.search)
  const paymentIntent = query.get('payment_intent')
  const clientSecret = query.get('client_secret')
  if (!paymentIntent || !clientSecret) throw new Error('This page was opened without a payment.')
  return { paymentIntent, clientSecret }
}

export function retrieveSession({ clientSecret }: BankPage): Promise<PageState> {
  const id = clientSecret.split('_secret_')[0]
  return postJson(`/_js/checkout_sessions/${id}/retrieve`, { client_secret: clientSecret })
}
