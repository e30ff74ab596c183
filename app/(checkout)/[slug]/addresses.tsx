'use client'

import { BillingAddressElement, ShippingAddressElement } from '@stripe/react-stripe-js/checkout'
import { CustomText } from '@/components/checkout/custom-text'
import type { Asked } from '@/lib/links/asked'

type Props = { asked: Asked; onReady: () => void; onLoadError: () => void }

/** The phone number has a field of its own where it is asked for. */
const options = { fields: { phone: 'never' as const } }

/** Where it goes; Stripe offers the countries the session allows. */
export function ShippingAddress({ asked, onReady, onLoadError }: Props) {
  if (!asked.shipping_address) return null
  return (
    <>
      <ShippingAddressElement options={options} onReady={onReady} onLoadError={onLoadError} />
      <CustomText text={asked.custom_text.shipping_address} />
    </>
  )
}

export function BillingAddress({ asked, onReady, onLoadError }: Props) {
  if (!asked.billing_address) return null
  return <BillingAddressElement options={options} onReady={onReady} onLoadError={onLoadError} />
}
