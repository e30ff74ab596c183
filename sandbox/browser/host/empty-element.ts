import type { StripeCheckoutExpressCheckoutElement, StripeCurrencySelectorElement } from '@stripe/stripe-js'
import { IntegrationError } from '../api-client'
import { emitter, type Handler } from './emitter'

/** A method of Stripe.js that the sandbox cannot play: says so instead of pretending. */
export function notOffered(what: string): () => never {
  return () => {
    throw new IntegrationError(`${what} is not offered by the sandbox.`)
  }
}

/**
 * An element with nothing to show, as Stripe.js behaves where no wallet is available or the session has one
 * currency: it takes no room and reports ready.
 */
export function emptyElement(elementType: 'expressCheckout' | 'currencySelector') {
  type Facade = StripeCheckoutExpressCheckoutElement & StripeCurrencySelectorElement
  let current: Facade | null = null

  const make = () => {
    const events = emitter()
    const same = () => facade
    const methods = {
      mount: () => {
        queueMicrotask(() => events.emit('ready', { elementType, availablePaymentMethods: undefined }))
      },
      unmount: () => undefined,
      destroy: () => {
        current = null
      },
      on: (event: string, handler: Handler) => {
        events.on(event, handler)
        return facade
      },
      once: (event: string, handler: Handler) => {
        events.once(event, handler)
        return facade
      },
      off: (event: string, handler?: Handler) => {
        events.off(event, handler)
        return facade
      },
      blur: same,
      clear: same,
      focus: same,
      update: same,
    } satisfies Record<keyof Facade, unknown>
    const facade = methods as unknown as Facade
    return facade
  }
  return {
    get: () => current,
    create: () => {
      if (current) throw new IntegrationError(`Can only create one Element of type ${elementType}.`)
      current = make()
      return current
    },
  }
}
