import type { PageState } from '../../browser-api'
import { IntegrationError } from '../api-client'

export type AuthenticationMessage<State> =
  | { type: 'done'; state: State }
  | { type: 'failed'; message: string }

function overlay(): HTMLDialogElement {
  const dialog = document.createElement('dialog')
  dialog.setAttribute('aria-label', 'Authenticate the payment')
  Object.assign(dialog.style, {
    position: 'fixed',
    inset: '0',
    width: '100%',
    height: '100%',
    maxWidth: 'none',
    maxHeight: 'none',
    margin: '0',
    padding: '16px',
    border: '0',
    boxSizing: 'border-box',
    background: 'rgb(10 14 22 / 0.55)',
    display: 'grid',
    placeItems: 'center',
  })
  // Leaving the step half done would strand the payment: it ends by one of its two buttons.
  dialog.addEventListener('cancel', (event) => event.preventDefault())
  return dialog
}

function authenticationFrame(url: string): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.src = url
  frame.title = 'Authenticate the payment'
  frame.name = 'sandbox-authenticate'
  Object.assign(frame.style, {
    width: '100%',
    maxWidth: '400px',
    height: '100%',
    maxHeight: '380px',
    border: '0',
    borderRadius: '14px',
    background: 'transparent',
    colorScheme: 'normal',
  })
  return frame
}

/**
 * Opens the 3-D Secure step over the page. Resolves after the buyer has decided, with the session or, for an
 * intent that has none, with its page.
 */
export function authenticate<State = PageState>(address: string, origin: string): Promise<State> {
  const url = new URL(address, origin)
  if (url.origin !== origin)
    return Promise.reject(new IntegrationError('The next action is at a foreign address.'))
  const before = document.activeElement
  const dialog = overlay()
  const frame = authenticationFrame(url.href)
  const channel = new MessageChannel()

  return new Promise<State>((resolve, reject) => {
    channel.port1.onmessage = ({ data }: MessageEvent<AuthenticationMessage<State>>) => {
      channel.port1.close()
      dialog.close()
      dialog.remove()
      if (before instanceof HTMLElement) before.focus()
      if (data.type === 'done') resolve(data.state)
      else reject(new Error(data.message))
    }
    frame.addEventListener(
      'load',
      () => {
        frame.contentWindow?.postMessage({ type: 'sandbox:connect' }, origin, [channel.port2])
        frame.focus()
      },
      { once: true },
    )
    dialog.append(frame)
    document.body.append(dialog)
    dialog.showModal()
  })
}
