import {
  BillingAddressElement,
  CheckoutElementsProvider,
  ContactDetailsElement,
  CurrencySelectorElement,
  ExpressCheckoutElement,
  PaymentElement,
  ShippingAddressElement,
  TaxIdElement,
  useCheckoutElements,
} from '@stripe/react-stripe-js/checkout'
import type { Appearance, StripeExpressCheckoutElementConfirmEvent } from '@stripe/stripe-js'
import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { loadStandIn } from './load-stripe'

const query = new URLSearchParams(window.location.search)
const shows = (part: string) => (query.get('show') ?? 'contact,total').split(',').includes(part)
const theme = (query.get('theme') ?? 'stripe') as NonNullable<Appearance['theme']>

const addressOptions = {
  display: { name: shows('split') ? ('split' as const) : ('full' as const) },
  fields: { phone: shows('phone') ? ('always' as const) : ('auto' as const) },
}

function Checkout() {
  const state = useCheckoutElements()
  const [error, setError] = useState('')
  const [done, setDone] = useState('')
  const [wallets, setWallets] = useState('')
  if (state.type === 'loading') return <output>Loading</output>
  if (state.type === 'error') return <p role="alert">{state.error.message}</p>
  const { checkout } = state
  // For tests that call an action as a page's own script would.
  Object.assign(window, { checkout })
  const [line] = checkout.lineItems

  const pay = async (expressCheckoutConfirmEvent?: StripeExpressCheckoutElementConfirmEvent) => {
    setError('')
    try {
      const result = await checkout.confirm({
        redirect: shows('stay') ? 'if_required' : 'always',
        ...(expressCheckoutConfirmEvent ? { expressCheckoutConfirmEvent } : {}),
      })
      if (result.type === 'success') setDone(result.session.status.type)
      else setError(`${result.error.code}: ${result.error.message}`)
    } catch (cause) {
      setError(cause instanceof Error ? `${cause.name}: ${cause.message}` : 'failed')
    }
  }
  const setQuantity = async (quantity: number) => {
    const result = await checkout.updateLineItemQuantity({ lineItem: line?.id ?? '', quantity })
    setError(result.type === 'error' ? result.error.message : '')
  }
  return (
    <>
      {shows('total') && <output aria-label="Total">{checkout.total.total.amount}</output>}
      <output aria-label="Ready">{String(checkout.canConfirm)}</output>
      <output aria-label="Divisor">{checkout.minorUnitsAmountDivisor}</output>
      <button type="button" onClick={() => setQuantity((line?.quantity ?? 1) + 1)}>
        More
      </button>
      {shows('express') && (
        <ExpressCheckoutElement
          onReady={({ availablePaymentMethods }) =>
            setWallets(JSON.stringify(availablePaymentMethods ?? null))
          }
          onConfirm={pay}
          onCancel={() => setError('cancelled')}
        />
      )}
      {shows('contact') && <ContactDetailsElement />}
      {shows('shipping') && <ShippingAddressElement options={addressOptions} />}
      {shows('tax') && <TaxIdElement options={{}} />}
      {shows('currency') && <CurrencySelectorElement />}
      {shows('billing') && <BillingAddressElement />}
      <PaymentElement options={{ layout: (query.get('layout') ?? 'accordion') as 'accordion' }} />
      <button type="button" onClick={() => pay()}>
        Pay
      </button>
      <p role="alert">{error}</p>
      <output aria-label="Done">{done}</output>
      <output aria-label="Wallets">{wallets}</output>
    </>
  )
}

const variables = { colorPrimary: query.get('primary') ?? '#1f5eff', borderRadius: '10px' }
const options = {
  clientSecret: query.get('secret') ?? '',
  elementsOptions: { appearance: { theme, variables } },
  ...(query.get('email') ? { defaultValues: { email: query.get('email') ?? '' } } : {}),
}
const stripe = loadStandIn(query)

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CheckoutElementsProvider stripe={stripe} options={options}>
        <Checkout />
      </CheckoutElementsProvider>
    </StrictMode>,
  )
}
