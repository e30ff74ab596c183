import { IntegrationError } from '../api-client'

type DialogOptions = {
  /** A page of the sandbox, relative to `origin` or in full. */
  address: string
  origin: string
  title: string
  name: string
  maxHeight: string
  onMessage: (message: never) => void
  /** What Escape does; without it the dialog ends by its own buttons only. */
  onEscape?: () => void
}

export type DialogFrame = {
  send: (message: unknown) => void
  /** Gives the page the pixels it needs, as far as the screen has them. */
  fit: (height: number) => void
  close: () => void
}

const cover = {
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
}
const sheet = {
  width: '100%',
  maxWidth: '400px',
  height: '100%',
  border: '0',
  borderRadius: '14px',
  background: 'transparent',
  colorScheme: 'normal',
}

/**
 * Opens a page of the sandbox over the shop's page, in a modal dialog. Messages wait until it has loaded.
 * Throws IntegrationError for an address elsewhere. Closing gives the keyboard back.
 */
export function dialogFrame(options: DialogOptions): DialogFrame {
  const { origin, title, name, maxHeight, onMessage, onEscape } = options
  const url = new URL(options.address, origin)
  if (url.origin !== origin) throw new IntegrationError('The next action is at a foreign address.')
  const before = document.activeElement
  const channel = new MessageChannel()
  const frame = document.createElement('iframe')
  Object.assign(frame, { src: url.href, title, name })
  Object.assign(frame.style, { ...sheet, maxHeight })
  const dialog = document.createElement('dialog')
  dialog.setAttribute('aria-label', title)
  Object.assign(dialog.style, cover)
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    onEscape?.()
  })
  channel.port1.onmessage = ({ data }: MessageEvent) => onMessage(data as never)
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
  return {
    send: (message) => channel.port1.postMessage(message),
    fit: (height) => {
      frame.style.maxHeight = `${height}px`
    },
    close: () => {
      channel.port1.close()
      dialog.close()
      dialog.remove()
      if (before instanceof HTMLElement) before.focus()
    },
  }
}
