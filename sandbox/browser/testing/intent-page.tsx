import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js'
import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { loadStandIn } from './load-stripe'

const query = new URLSearchParams(window.location.search)
const secret = query.get('secret') ?? ''
const redirect = query.get('stay') ? ('if_required' as const) : ('always' as const)
const given = query.get('method')

/** Finishes an intent outside of Checkout: with what the element holds, or with the method in the address. */
function Form() {
  const stripe = useStripe()
  const elements = useElements()
  const [said, setSaid] = useState('')
  const pay = async () => {
    if (!stripe || !elements) return
    if (!given) {
      const submitted = await elements.submit()
      if (submitted.error) return setSaid(`${submitted.error.type}: ${submitted.error.message}`)
    }
    const confirm = secret.startsWith('seti_') ? stripe.confirmSetup : stripe.confirmPayment
    const result = await confirm({
      elements,
      clientSecret: secret,
      confirmParams: {
        return_url: `${window.location.origin}/done`,
        ...(given ? { payment_method: given } : {}),
      },
      redirect: redirect as 'if_required',
    })
    if (result.error) setSaid(`${result.error.code}: ${result.error.message}`)
    else setSaid('paymentIntent' in result ? result.paymentIntent.status : result.setupIntent.status)
  }
  return (
    <>
      {given ? null : <PaymentElement />}
      <button type="button" onClick={pay}>
        Pay
      </button>
      <p role="alert">{said}</p>
    </>
  )
}

const stripe = loadStandIn(query)
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Elements stripe={stripe} options={{ clientSecret: secret }}>
        <Form />
      </Elements>
    </StrictMode>,
  )
}
