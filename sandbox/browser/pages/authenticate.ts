import type { PageState } from '../../browser-api'
import type { IntentPage } from '../../browser-intents'
import { postJson } from '../api-client'
import type { AuthenticationMessage } from '../host/next-action'
import { bankPage, tell } from './bank-page'
import type { BankPage } from './payment-of-page'

let port: MessagePort | undefined

window.addEventListener('message', (event: MessageEvent<{ type?: string }>) => {
  if (event.source === window.parent && event.data?.type === 'sandbox:connect') port ??= event.ports[0]
})

const decide = (outcome: 'complete' | 'fail') => async (page: BankPage) => {
  const { intent, clientSecret } = page
  const state = await postJson<PageState | IntentPage>(`/_js/authenticate/${intent}`, {
    client_secret: clientSecret,
    outcome,
  })
  const message: AuthenticationMessage<PageState | IntentPage> = { type: 'done', state }
  if (port) port.postMessage(message)
  else tell('Done. You can close this page.')
}

void bankPage({
  title: '3-D Secure',
  note: 'Your bank would ask here whether it is you. In the sandbox you decide how it ends.',
  yes: { label: 'Complete', run: decide('complete') },
  no: { label: 'Fail', run: decide('fail') },
})
