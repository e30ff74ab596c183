import type { StripeExpressCheckoutElementReadyEvent } from '@stripe/stripe-js'
import type { ElementState } from '../protocol'
import { fill, h } from './dom'
import type { FrameContext, FrameElement } from './element'

type Loose = Record<string, unknown>
const asObject = (value: unknown): Loose => (typeof value === 'object' && value ? (value as Loose) : {})

const nothing = () => undefined

/** The Express Checkout Element: a button for the sandbox's wallet, which stands where Google Pay would. */
export function expressCheckoutElement({ words, setup, press }: FrameContext): FrameElement {
  const label = fill(words.payWith, { wallet: 'Sandbox Pay' })
  const button = h('button', { type: 'button', class: 'wallet-button' }, label)
  const root = h('div', { class: 'ExpressCheckoutElement' })
  let options = setup.options
  let state: ElementState | null = null
  button.addEventListener('click', press)

  const isOffered = () => {
    const wanted = [asObject(options.paymentMethods).googlePay, asObject(options.wallets).googlePay]
    return Boolean(state?.wallets.includes('google_pay') && state.needsMethod && !wanted.includes('never'))
  }
  const arrange = () => {
    const { googlePay: theme } = asObject(options.buttonTheme)
    button.dataset.theme = theme === 'white' || theme === 'black' ? theme : ''
    const height = Number(options.buttonHeight) || 44
    button.style.setProperty('--height', `${Math.min(Math.max(height, 40), 55)}px`)
    const shown = button.parentElement === root
    if (isOffered() && !shown) root.append(button)
    else if (!isOffered() && shown) button.remove()
  }
  const available = (): StripeExpressCheckoutElementReadyEvent['availablePaymentMethods'] =>
    isOffered()
      ? { googlePay: true, amazonPay: false, applePay: false, klarna: false, link: false, paypal: false }
      : undefined

  return {
    root,
    show: (next) => {
      state = next
      arrange()
    },
    configure: (next) => {
      options = next
      arrange()
    },
    announcement: () => ({ availablePaymentMethods: available() }),
    summary: () => ({ complete: true, empty: false, fields: {} }),
    validate: () => null,
    focus: () => button.focus(),
    clear: nothing,
    lock: (locked) => {
      button.disabled = locked
    },
  }
}
