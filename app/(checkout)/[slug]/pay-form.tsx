'use client'

import {
  ContactDetailsElement,
  CurrencySelectorElement,
  PaymentElement,
  useCheckoutElements,
} from '@stripe/react-stripe-js/checkout'
import { useLocale, useTranslations } from 'next-intl'
import { useCallback, useEffect, useState } from 'react'
import { useCheckoutRoot } from '@/components/checkout/checkout-root'
import { CustomText } from '@/components/checkout/custom-text'
import { isFree, type Purchase } from '@/components/checkout/due'
import { LockedEmail } from '@/components/checkout/locked-email'
import { Trouble } from '@/components/checkout/trouble'
import type { Answers } from '@/lib/checkout/answer-rules'
import type { Asked } from '@/lib/links/asked'
import { BillingAddress, ShippingAddress } from './addresses'
import { BeforePaying, CustomFields } from './asked-fields'
import { leaveFor, returnAddress } from './confirm'
import { ContactFields, TaxIdFields } from './contact-fields'
import { takesWallets } from './express-pay'
import { PayFields } from './pay-fields'
import { useAsking } from './use-asking'

type Props = {
  slug: string
  purchase: Purchase
  holdsPlaces: boolean
  emailLocked: boolean
  /** Whether the buyer is known, and their e-mail with them. */
  returning: boolean
  asked: Asked
  merchant: string
  /** Stripe's id of the session. */
  session: string
  /** What the server has of an earlier attempt. */
  answered: Answers
  /** The fields and the session are there. */
  onReady: () => void
  onFailed: () => void
}

const paymentOptions = {
  layout: { type: 'accordion' as const, radios: 'always' as const },
  wallets: { applePay: 'auto' as const, googlePay: 'auto' as const, link: 'auto' as const },
}

/** Stripe's fields in a form, or what the session has become meanwhile. */
export function PayForm(props: Props) {
  const { slug, purchase, holdsPlaces, emailLocked, asked, merchant, session, onReady, onFailed } = props
  const t = useTranslations()
  const locale = useLocale()
  const result = useCheckoutElements()
  const checkout = result.type === 'success' ? result.checkout : null
  const { publish } = useCheckoutRoot()
  const [fields, setFields] = useState({
    email: emailLocked,
    payment: false,
    wallets: !takesWallets(asked),
    shipping: !asked.shipping_address,
    billing: !asked.billing_address,
  })
  const free = checkout !== null && isFree(checkout, purchase)
  const known = emailLocked || (props.returning && Boolean(checkout?.email))
  const needed = { ...fields, ...(free && { payment: true, wallets: true }), ...(known && { email: true }) }
  const ready = checkout !== null && Object.values(needed).every(Boolean)
  const status = checkout?.status.type
  const asking = useAsking(asked, session, checkout, props.answered)
  const element = (name: keyof typeof fields) => ({
    onReady: () => setFields((before) => ({ ...before, [name]: true })),
    onLoadError: onFailed,
  })

  const onWallets = useCallback(() => setFields((before) => ({ ...before, wallets: true })), [])

  useEffect(() => publish(checkout), [checkout, publish])
  useEffect(() => {
    if (result.type === 'error') onFailed()
    else if (ready || status === 'expired') onReady()
  }, [result.type, ready, status, onFailed, onReady])
  const sessionId = checkout?.id
  useEffect(() => {
    // Paid already, here or in another tab: the server knows where that leads.
    if (status === 'complete' && sessionId) leaveFor(returnAddress(slug, sessionId, locale))
  }, [status, sessionId, slug, locale])

  if (status === 'expired') {
    return (
      <Trouble
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
      holdsPlaces={holdsPlaces}
      asking={asking}
      onWallets={takesWallets(asked) && !free ? onWallets : null}
      after={<CustomText text={asked.custom_text.after_submit} quiet />}
    >
      {(checkout?.currencyOptions?.length ?? 0) > 1 && <CurrencySelectorElement />}
      {known ? (
        <LockedEmail email={checkout?.email ?? ''} />
      ) : (
        <ContactDetailsElement {...element('email')} />
      )}
      <ContactFields asked={asked} form={asking.contact} />
      <ShippingAddress asked={asked} {...element('shipping')} />
      <CustomFields asked={asked} form={asking.answers} />
      {free ? (
        <p className="rounded-base bg-tint px-3.5 py-3 text-[15px]">{t('pay.free.nothing')}</p>
      ) : (
        <PaymentElement options={paymentOptions} {...element('payment')} />
      )}
      <BillingAddress asked={asked} {...element('billing')} />
      <TaxIdFields asked={asked} form={asking.contact} />
      <BeforePaying asked={asked} form={asking.answers} merchant={merchant} />
    </PayFields>
  )
}
