import { postJson } from '../api-client'
import { bankPage } from './bank-page'
import type { BankPage } from './payment-of-page'

const decide = (outcome: 'authorise' | 'fail') => async (page: BankPage) => {
  const { intent, clientSecret } = page
  const { return_url } = await postJson<{ return_url: string }>(`/_js/redirect/${intent}`, {
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
