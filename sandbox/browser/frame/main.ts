import type { BillingDetails, Collected, Connect, ElementKind, FromFrame, ToFrame } from '../protocol'
import { addressElement } from './address'
import { applyAppearance, loadFonts } from './appearance'
import { contactDetailsElement } from './contact-details'
import { currencySelectorElement } from './currency-selector'
import { h } from './dom'
import type { FrameContext, FrameElement } from './element'
import { expressCheckoutElement } from './express-checkout'
import { paymentElement } from './payment'
import { taxIdElement } from './tax-id'
import { directionOf, wordsFor } from './words/choose'

/** Must equal the host's: room around the fields for focus rings. */
const bleed = 4

const kinds: Record<ElementKind, (context: FrameContext) => FrameElement> = {
  payment: paymentElement,
  contactDetails: contactDetailsElement,
  address: addressElement,
  expressCheckout: expressCheckoutElement,
  taxId: taxIdElement,
  currencySelector: currencySelectorElement,
}

/** How many fields an element has, about; their places are shown until they are there. */
const rows: Record<ElementKind, number> = {
  payment: 4,
  contactDetails: 1,
  address: 6,
  expressCheckout: 1,
  taxId: 2,
  currencySelector: 1,
}

function skeleton(kind: ElementKind): HTMLElement {
  const bars = rows[kind]
  return h(
    'div',
    { class: 'skeleton', 'aria-hidden': 'true' },
    ...Array.from({ length: bars }, () => h('div', { class: 'bar' })),
  )
}

function connect(port: MessagePort, { setup }: Connect) {
  const say = (message: FromFrame) => port.postMessage(message)
  const { language, words } = wordsFor(setup.locale)
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(setup.locale)
  document.title = words.frameTitle[setup.kind]
  say({ type: 'hello', title: document.title })
  say({ type: 'dark', dark: applyAppearance(setup.appearance) })
  loadFonts(setup.fonts)

  let isShown = false
  let said = ''
  const changed = () => {
    if (!isShown) return
    const summary = element.summary()
    const text = JSON.stringify(summary)
    if (text === said) return
    said = text
    say({ type: 'change', ...summary })
  }
  const remove = (id: string) => say({ type: 'remove', id })
  const choose = (currency: string) => say({ type: 'currency', currency })
  const press = () => say({ type: 'press' })
  const element: FrameElement = kinds[setup.kind]({ setup, words, language, changed, remove, press, choose })
  const root = document.getElementById('root') as HTMLElement
  if (setup.loader) root.append(skeleton(setup.kind))
  new ResizeObserver(() => {
    if (isShown) say({ type: 'height', height: Math.ceil(root.getBoundingClientRect().height) + 2 * bleed })
  }).observe(root)

  const answer = async (name: string, argument: unknown): Promise<unknown> => {
    if (name === 'validate') return { message: element.validate((argument as { focus: boolean }).focus) }
    if (name === 'collect' && element.collect) return element.collect(argument as BillingDetails)
    if (name === 'value') {
      const { complete, fields } = element.summary()
      return { complete, ...fields }
    }
    return null
  }
  const unexpected: Collected = { type: 'invalid', message: 'An unexpected error occurred.' }

  port.onmessage = async ({ data }: MessageEvent<ToFrame>) => {
    if (data.type === 'state') {
      element.show(data.state)
      if (!isShown) {
        isShown = true
        root.replaceChildren(element.root)
        say({ type: 'height', height: Math.ceil(root.getBoundingClientRect().height) + 2 * bleed })
        say({ type: 'ready', announcement: element.announcement?.() ?? {} })
      }
      changed()
    } else if (data.type === 'appearance') say({ type: 'dark', dark: applyAppearance(data.appearance) })
    else if (data.type === 'fonts') loadFonts(data.fonts)
    else if (data.type === 'options') element.configure(data.options)
    else if (data.type === 'focus') element.focus()
    else if (data.type === 'blur') (document.activeElement as HTMLElement | null)?.blur()
    else if (data.type === 'clear') element.clear()
    else if (data.type === 'collapse') element.collapse?.()
    else if (data.type === 'twin') element.accompany?.(data.twin)
    else if (data.type === 'lock') element.lock(data.locked)
    else if (data.type === 'problem') element.problem?.(data.code, data.message)
    else if (data.type === 'call') {
      const { id, name, argument } = data
      const result = await answer(name, argument).catch(() => unexpected)
      say({ type: 'answer', id, answer: result })
    }
  }

  window.addEventListener('focus', () => say({ type: 'event', name: 'focus' }))
  window.addEventListener('blur', () => say({ type: 'event', name: 'blur' }))
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') say({ type: 'event', name: 'escape' })
  })
}

// One connection only, and only from the page that holds this frame.
window.addEventListener('message', function listen(event: MessageEvent<Connect>) {
  const [port] = event.ports
  if (event.source !== window.parent || event.data?.type !== 'sandbox:connect' || !port) return
  window.removeEventListener('message', listen)
  connect(port, event.data)
})
