import type { Appearance, StripeAddressElement, StripePaymentElement } from '@stripe/stripe-js'
import { IntegrationError } from '../api-client'
import type {
  Calls,
  ElementKind,
  ElementState,
  Font,
  FromFrame,
  SavedMethod,
  ToFrame,
  Twin,
} from '../protocol'
import { type Emitter, emitter, type Handler } from './emitter'
import { expectedHeight } from './expected-height'
import { type FrameLink, linkFrame } from './frame-link'

export type ElementMode = 'billing' | 'shipping' | null

/** What an element needs to know of the checkout around it. */
export type ElementSurroundings = {
  origin: string
  key: string
  locale: string
  /** Whether an element shows bars in place of its fields until the session is there. */
  loader: boolean
  appearance: () => Appearance
  fonts: () => Font[]
  /** null until the session has been loaded. */
  state: () => ElementState | null
  /** What the element may follow, where another address element stands beside it. */
  twin: (element: HostElement) => Twin | null
  onChange: (element: HostElement) => void
  onRemove: (element: HostElement, method: SavedMethod) => void
  /** The wallet's button was pressed. */
  onPress: (element: HostElement) => void
  onCurrency: (currency: string) => void
  onDestroy: (element: HostElement) => void
}

export type HostElement = {
  kind: ElementKind
  mode: ElementMode
  /** The object the page works with. */
  facade: StripePaymentElement & StripeAddressElement
  options: () => Record<string, unknown>
  isComplete: () => boolean
  /** What stands in it, as of its last change. */
  value: () => Record<string, unknown>
  isMounted: () => boolean
  /** Goes to the first field that is wrong. */
  takeFocusAtProblem: () => Promise<void>
  send: (message: ToFrame) => void
  emit: (event: string, payload: object) => void
  call: <N extends keyof Calls>(name: N, argument: Calls[N]['argument']) => Promise<Calls[N]['answer']>
  fail: (message: string) => void
}

/** Room around the fields for focus rings, taken back from the page by a negative margin. */
const bleed = 4

function makeFrame(kind: ElementKind, mode: ElementMode, origin: string, height: number): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.src = `${origin}/v3/elements/${kind}`
  frame.title = 'Secure payment input frame'
  frame.allow = 'payment *; clipboard-write'
  frame.name = ['sandbox', kind, mode].filter(Boolean).join('-')
  Object.assign(frame.style, {
    display: 'block',
    boxSizing: 'content-box',
    width: `calc(100% + ${2 * bleed}px)`,
    maxWidth: 'none',
    height: `${height}px`,
    margin: `-${bleed}px`,
    padding: '0',
    border: '0',
    background: 'transparent',
    colorScheme: 'light',
  })
  return frame
}

function findContainer(target: string | HTMLElement): HTMLElement {
  const found = typeof target === 'string' ? document.querySelector<HTMLElement>(target) : target
  if (found) return found
  throw new IntegrationError(`The selector you specified (${String(target)}) applies to no DOM elements.`)
}

/** An element of the page: its iframe, its events, and the channel to what runs inside. */
export function hostElement(
  kind: ElementKind,
  mode: ElementMode,
  firstOptions: Record<string, unknown>,
  around: ElementSurroundings,
): HostElement {
  const events: Emitter = emitter()
  const elementType = { elementType: kind }
  let options = firstOptions
  let frame: HTMLIFrameElement | null = null
  let link: FrameLink | null = null
  // A button has nothing to fill in.
  const isButton = kind === 'expressCheckout' || kind === 'currencySelector'
  let complete = isButton
  let value: Record<string, unknown> = {}
  let destroyed = false

  const fail = (message: string) =>
    events.emit('loaderror', { ...elementType, error: { type: 'api_error', message } })

  const receive = (message: FromFrame) => {
    if (message.type === 'hello') {
      if (frame) frame.title = message.title
      events.emit('loaderstart', elementType)
    } else if (message.type === 'height') {
      if (frame) frame.style.height = `${message.height}px`
    } else if (message.type === 'dark') {
      if (frame) frame.style.colorScheme = message.dark ? 'dark' : 'light'
    } else if (message.type === 'ready') {
      events.emit('ready', { ...elementType, ...message.announcement })
    } else if (message.type === 'currency') {
      around.onCurrency(message.currency)
    } else if (message.type === 'press') {
      around.onPress(element)
    } else if (message.type === 'remove') {
      const method = around.state()?.saved.find(({ id }) => id === message.id)
      if (method) around.onRemove(element, method)
    } else if (message.type === 'event') {
      events.emit(message.name, elementType)
    } else if (message.type === 'change') {
      complete = message.complete
      const { empty, fields } = message
      value = (fields.value ?? {}) as Record<string, unknown>
      const place = mode ? { elementMode: mode } : {}
      around.onChange(element)
      events.emit('change', { ...elementType, ...place, empty, complete, ...fields })
    }
  }

  const unmount = () => {
    link?.close()
    frame?.remove()
    link = null
    frame = null
    complete = isButton
  }
  const mount = (target: string | HTMLElement) => {
    if (destroyed)
      throw new IntegrationError('This Element has already been destroyed. Please create a new one.')
    unmount()
    const container = findContainer(target)
    container.classList.add('StripeElement')
    const { origin, key, locale, loader } = around
    const state = around.state()
    const twin = around.twin(element)
    const follows = twin !== null
    frame = makeFrame(kind, mode, origin, expectedHeight({ kind, mode, state, options, locale, follows }))
    link = linkFrame(
      frame,
      origin,
      () => ({
        kind,
        mode,
        key,
        locale,
        loader,
        appearance: around.appearance(),
        fonts: around.fonts(),
        options,
      }),
      receive,
      () => fail('The element did not load. Is its address allowed by the page’s Content Security Policy?'),
    )
    if (state) link.send({ type: 'state', state })
    if (twin) link.send({ type: 'twin', twin })
    container.replaceChildren(frame)
  }
  const listen = (how: 'on' | 'once') => (event: string, handler: Handler) => {
    events[how](event, handler)
    return facade
  }
  const tell = (type: 'focus' | 'blur' | 'clear' | 'collapse') => () => {
    if (type === 'focus') frame?.focus()
    link?.send({ type })
    return facade
  }

  const methods = {
    mount,
    unmount,
    destroy: () => {
      if (destroyed) return
      destroyed = true
      unmount()
      around.onDestroy(element)
    },
    on: listen('on'),
    once: listen('once'),
    off: (event: string, handler?: Handler) => {
      events.off(event, handler)
      return facade
    },
    focus: tell('focus'),
    blur: tell('blur'),
    clear: tell('clear'),
    collapse: tell('collapse'),
    update: (changes: Record<string, unknown>) => {
      options = { ...options, ...changes }
      link?.send({ type: 'options', options })
      return facade
    },
    getValue: () => element.call('value', null),
  } satisfies Record<keyof StripePaymentElement | keyof StripeAddressElement, unknown>
  const facade = methods as unknown as HostElement['facade']

  const element: HostElement = {
    kind,
    mode,
    facade,
    options: () => options,
    isComplete: () => complete,
    value: () => value,
    isMounted: () => link !== null,
    takeFocusAtProblem: async () => {
      // A document may focus its own field only once its frame has been given the keyboard.
      frame?.focus()
      await element.call('validate', { focus: true })
    },
    send: (message) => link?.send(message),
    // The same object goes out: a wallet knows its payment by it.
    emit: (event, payload) => events.emit(event, Object.assign(payload, elementType)),
    call: (name, argument) =>
      link
        ? link.call(name, argument)
        : Promise.reject(new IntegrationError(`The ${kind} Element is not mounted.`)),
    fail,
  }
  return element
}
