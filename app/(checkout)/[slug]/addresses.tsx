'use client'

import { BillingAddressElement, ShippingAddressElement } from '@stripe/react-stripe-js/checkout'
import type { StripeAddressElementChangeEvent } from '@stripe/stripe-js'
import { useTranslations } from 'next-intl'
import { CustomText } from '@/components/checkout/custom-text'
import type { Asked } from '@/lib/links/asked'

type Props = {
  asked: Asked
  onReady: () => void
  onLoadError: () => void
  onChange: (event: StripeAddressElementChangeEvent) => void
}

/** The phone number has a field of its own where it is asked for. */
const options = { fields: { phone: 'never' as const } }

/** Where it goes; Stripe offers the countries the session allows. */
export function ShippingAddress({ asked, ...events }: Props) {
  const t = useTranslations('asked.address')
  if (!asked.shipping_address) return null
  return (
    <div className="grid gap-3">
      <h2 className="font-semibold">{t('shipping')}</h2>
      <ShippingAddressElement options={options} {...events} />
      <CustomText text={asked.custom_text.shipping_address} />
    </div>
  )
}

export function BillingAddress({ asked, ...events }: Props) {
  const t = useTranslations('asked.address')
  if (!asked.billing_address) return null
  return (
    <div className="grid gap-3">
      <h2 className="font-semibold">{t('billing')}</h2>
      <BillingAddressElement options={options} {...events} />
    </div>
  )
}
