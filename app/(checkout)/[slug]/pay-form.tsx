'use client'

import {
  ContactDetailsElement,
  CurrencySelectorElement,
  PaymentElement,
  useCheckoutElements,
} from '@stripe/react-stripe-js/checkout'
import type { StripeAddressElementChangeEvent } from '@stripe/stripe-js'
import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useCheckoutRoot } from '@/components/checkout/checkout-root'
import { CustomText } from '@/components/checkout/custom-text'
import { isFree, type Purchase } from '@/components/checkout/due'
import { LockedEmail } from '@/components/checkout/locked-email'
import { Trouble } from '@/components/checkout/trouble'
import type { Answers } from '@/lib/checkout/answer-rules'
import type { Asked } from '@/lib/links/asked'
import { leaveFor } from '../find-out'
import { BillingAddress, ShippingAddress } from './addresses'
import type { Asking } from './asking'
import { returnAddress } from './confirm'
import { type AddressDraft, keepAddressDraft } from './draft'
import { takesWallets } from './express-pay'
import { PayFields } from './pay-fields'

export type FormProps = {
  slug: string
  purchase: Purchase
  /** Whether the e-mail came with the link or with the buyer: then it is told, not asked. */
  emailKnown: boolean
  asked: Asked
  merchant: string
  /** What the server has of an earlier attempt. */
  answered: Answers
  /** The fields and the session are there. */
  onReady: () => void
  onFailed: () => void
}

type Props = FormProps & {
  asking: Asking
  /** What the link asks beside Stripe's fields, in their places. */
  fields?: { contact: ReactNode; questions: ReactNode; taxId: ReactNode; consents: ReactNode }
}

const paymentOptions = {
  layout: { type: 'accordion' as const, radios: 'always' as const },
  wallets: { applePay: 'auto' as const, googlePay: 'auto' as const, link: 'auto' as const },
}

/** Stripe's fields in a form, or what the session has become meanwhile. */
export function PayForm(props: Props) {
  const { slug, purchase, emailKnown, asked, asking, fields, onReady, onFailed } = props
  const t = useTranslations()
  const locale = useLocale()
  const result = useCheckoutElements()
  const checkout = result.type === 'success' ? result.checkout : null
  const { publish } = useCheckoutRoot()
  const [elements, setElements] = useState({
    email: emailKnown,
    payment: false,
    wallets: !takesWallets(asked),
    shipping: !asked.shipping_address,
    billing: !asked.billing_address,
  })
  const free = checkout !== null && isFree(checkout, purchase)
  const needed = {
    ...elements,
    ...(free && { payment: true, wallets: true }),
  }
  const ready = checkout !== null && Object.values(needed).every(Boolean)
  const status = checkout?.status.type
  const element = (name: keyof typeof elements) => ({
    onReady: () => setElements((before) => ({ ...before, [name]: true })),
    onLoadError: onFailed,
  })

  const [ended, setEnded] = useState(false)
  const typed = useRef<AddressDraft>({})
  function note(kind: keyof AddressDraft, event: StripeAddressElementChangeEvent) {
    const { name, address } = event.value
    keepAddressDraft(slug, kind, { name, address })
    const { [kind]: _, ...others } = typed.current
    typed.current = event.complete ? { ...others, [kind]: { name, address } } : others
  }

  const onWallets = useCallback(() => setElements((before) => ({ ...before, wallets: true })), [])

  useLayoutEffect(() => publish(checkout), [checkout, publish])
  useEffect(() => {
    if (result.type === 'error') onFailed()
    else if (ready || status === 'expired') onReady()
  }, [result.type, ready, status, onFailed, onReady])
  const sessionId = checkout?.id
  useEffect(() => {
    // Paid already, here or in another tab: the server knows where that leads.
    if (status === 'complete' && sessionId) leaveFor(returnAddress(slug, sessionId, locale))
  }, [status, sessionId, slug, locale])

  if (status === 'expired' || ended) {
    return (
      <Trouble
        focus
        title={t('trouble.expired.title')}
        action={{ label: t('trouble.expired.again'), onPress: () => location.reload() }}
      >
        {t('trouble.expired.text')}
      </Trouble>
    )
  }
  return (
    <PayFields
      checkout={checkout}
      slug={slug}
      purchase={purchase}
      asking={asking}
      typed={() => (purchase.automatic_tax ? typed.current : null)}
      onEnded={() => setEnded(true)}
      onWallets={takesWallets(asked) && !free ? onWallets : null}
      after={<CustomText text={asked.custom_text.after_submit} quiet />}
    >
      {(checkout?.currencyOptions?.length ?? 0) > 1 && <CurrencySelectorElement />}
      {emailKnown ? (
        <LockedEmail email={checkout?.email ?? ''} />
      ) : (
        <ContactDetailsElement {...element('email')} />
      )}
      {fields?.contact}
      <ShippingAddress
        asked={asked}
        {...element('shipping')}
        onChange={(event) => note('shippingAddress', event)}
      />
      {fields?.questions}
      {free ? (
        <p className="rounded-base bg-tint px-3.5 py-3 text-[15px]">{t('pay.free.nothing')}</p>
      ) : (
        <PaymentElement options={paymentOptions} {...element('payment')} />
      )}
      <BillingAddress
        asked={asked}
        {...element('billing')}
        onChange={(event) => note('billingAddress', event)}
      />
      {fields?.taxId}
      {fields?.consents}
      <CustomText text={asked.custom_text.submit} />
    </PayFields>
  )
}
