import type { PageState } from '../../browser-api'
import type { IntentPage } from '../../browser-intents'
import { postJson } from '../api-client'

/** What a bank's page knows: which intent, and the secret of the session it belongs to, or its own. */
export type BankPage = { intent: string; clientSecret: string }

/** What is asked for; `amount` in minor units, null where a method is only set up. */
export type Asked = { amount: number | null; currency: string; merchant: string }

/** Reads the page's own address. Throws where it is not one the sandbox handed out. */
export function readAddress(): BankPage {
  const query = new URLSearchParams(window.location.search)
  const intent = query.get('payment_intent') ?? query.get('setup_intent')
  const clientSecret = query.get('client_secret')
  if (!intent || !clientSecret) throw new Error('This page was opened without a payment.')
  return { intent, clientSecret }
}

export async function retrieveAsked({ intent, clientSecret }: BankPage): Promise<Asked> {
  const [owner = ''] = clientSecret.split('_secret_')
  const body = { client_secret: clientSecret }
  if (owner.startsWith('cs_')) {
    const { session, account } = await postJson<PageState>(`/_js/checkout_sessions/${owner}/retrieve`, body)
    const amount = intent.startsWith('seti_') ? null : (session.amount_total ?? 0)
    return { amount, currency: session.currency ?? 'usd', merchant: account.display_name }
  }
  const kind = intent.startsWith('seti_') ? 'setup_intents' : 'payment_intents'
  const page = await postJson<IntentPage>(`/_js/${kind}/${intent}/retrieve`, body)
  const { amount = null, currency = 'usd' } = page.intent as { amount?: number; currency?: string }
  return { amount, currency, merchant: page.account.display_name }
}
