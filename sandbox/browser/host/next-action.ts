import type { PageState } from '../../browser-api'
import { dialogFrame } from './dialog-frame'

export type AuthenticationMessage<State> =
  | { type: 'done'; state: State }
  | { type: 'failed'; message: string }

/**
 * Opens the 3-D Secure step over the page. Resolves after the buyer has decided, with the session or, for an
 * intent that has none, with its page. Leaving the step half done would strand the payment: it has no way out
 * but its two buttons.
 */
export function authenticate<State = PageState>(address: string, origin: string): Promise<State> {
  return new Promise<State>((resolve, reject) => {
    const dialog = dialogFrame({
      address,
      origin,
      title: 'Authenticate the payment',
      name: 'sandbox-authenticate',
      maxHeight: '380px',
      onMessage: (message: AuthenticationMessage<State>) => {
        dialog.close()
        if (message.type === 'done') resolve(message.state)
        else reject(new Error(message.message))
      },
    })
  })
}
