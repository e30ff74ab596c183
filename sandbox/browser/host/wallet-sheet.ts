import type { StripeExpressCheckoutElementConfirmEvent } from '@stripe/stripe-js'
import { IntegrationError } from '../api-client'
import type { FromWallet, WalletPayment, WalletState } from '../wallet-protocol'
import type { CheckoutStore } from './checkout-store'
import { type DialogFrame, dialogFrame } from './dialog-frame'
import type { HostElement } from './element'
import { sessionEmail, sessionView } from './session-view'

type ConfirmEvent = StripeExpressCheckoutElementConfirmEvent
type Context = { origin: string; key: string; locale: string; store: () => CheckoutStore }

/** The wallet of the Express Checkout Element: its sheet over the page, and what came out of it. */
export type Wallet = {
  /** The buyer pressed the element's button. */
  press: (element: HostElement) => void
  /** Shows the session as it is now, where the sheet is open. */
  refresh: () => void
  /** What the buyer agreed to; throws IntegrationError for an event that is none of this wallet's. */
  paymentOf: (event: ConfirmEvent) => WalletPayment
  close: () => void
}

/** An address as events of the element carry it. */
function fullAddress({ address }: WalletPayment['billing']) {
  const { line1, line2, city, state, postal_code, country } = address
  return {
    line1: line1 ?? '',
    line2: line2 ?? null,
    city: city ?? '',
    state: state ?? '',
    postal_code: postal_code ?? '',
    country,
  }
}

export function wallet({ origin, key, locale, store }: Context): Wallet {
  const payments = new WeakMap<object, WalletPayment>()
  let dialog: DialogFrame | null = null

  // Read past the guard: what the sheet shows is not what the page shows.
  const view = () => sessionView(store().state(), locale, false)
  const state = (): WalletState => {
    const { session, account } = store().state()
    const { total, shippingOptions, shipping } = view()
    return {
      key,
      merchant: account.display_name,
      total: total.total.amount,
      email: sessionEmail(store().state()),
      asksShipping: Boolean(session.shipping_address_collection),
      asksPhone: session.phone_number_collection?.enabled ?? false,
      countries: session.shipping_address_collection?.allowed_countries ?? null,
      options: shippingOptions.map(({ id, displayName, amount }) => ({
        id,
        label: displayName ?? id,
        amount,
      })),
      chosen: shipping?.shippingOption.id ?? null,
    }
  }
  const fail = (message: string) => dialog?.send({ type: 'failed', message })
  const close = () => {
    dialog?.close()
    dialog = null
  }
  const change = (body: Record<string, unknown>) =>
    store()
      .enqueue(() => store().send('update', body))
      .catch((error: unknown) => fail(error instanceof Error ? error.message : 'That did not work.'))

  const agree = (element: HostElement, payment: WalletPayment) => {
    const { billing, shipping, email, phone } = payment
    const chosen = view().shipping?.shippingOption
    const event: ConfirmEvent = {
      expressPaymentType: 'google_pay',
      billingDetails: {
        name: billing.name,
        email,
        ...(phone ? { phone } : {}),
        address: fullAddress(billing),
      },
      ...(shipping ? { shippingAddress: { name: shipping.name, address: fullAddress(shipping) } } : {}),
      ...(chosen
        ? {
            shippingRate: {
              id: chosen.id,
              amount: chosen.minorUnitsAmount,
              displayName: chosen.displayName ?? '',
            },
          }
        : {}),
      paymentFailed: (payload) => fail(payload?.message ?? 'The payment did not go through.'),
    }
    payments.set(event, payment)
    element.emit('confirm', event)
  }
  const open = (element: HostElement) => {
    close()
    const cancel = () => {
      close()
      element.emit('cancel', {})
    }
    dialog = dialogFrame({
      address: '/v3/wallet',
      origin,
      title: 'Sandbox Pay',
      name: 'sandbox-wallet',
      maxHeight: '420px',
      onEscape: cancel,
      onMessage: (message: FromWallet) => {
        if (message.type === 'height') dialog?.fit(message.height)
        else if (message.type === 'address') void change({ shipping_address: message.contact })
        else if (message.type === 'option') void change({ shipping_option: message.id })
        else if (message.type === 'pay') agree(element, message.payment)
        else cancel()
      },
    })
    dialog.send({ type: 'state', state: state() })
  }

  return {
    close,
    refresh: () => dialog?.send({ type: 'state', state: state() }),
    press: (element) => {
      let isRefused = false
      const reject = () => {
        isRefused = true
      }
      element.emit('click', { expressPaymentType: 'google_pay', resolve: () => undefined, reject })
      if (!isRefused) open(element)
    },
    paymentOf: (event) => {
      const payment = payments.get(event)
      if (payment) return payment
      throw new IntegrationError('`expressCheckoutConfirmEvent` must be the event of a `confirm` handler.')
    },
  }
}
