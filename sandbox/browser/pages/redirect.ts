import { postJson } from '../api-client'
import { bankPage } from './bank-page'
import type { BankPage } from './session-of-page'

const decide = (outcome: 'authorise' | 'fail') => async (page: BankPage) => {
  const { paymentIntent, clientSecret } = page
  const { return_url } = await postJson<{ return_url: string }>(`/_js/redirect/${paymentIntent}`, {
    client_secret: clientSecret,
    outcome,
  })
  window.location.replace(return_url)
}

void bankPage({
  title: 'Approve the payment',
  note: 'This page stands in for the buyer’s bank. In the sandbox you decide how it ends.',
  yes: { label: 'Authorise', run: decide('authorise') },
  no: { label: 'Fail', run: decide('fail') },
})
