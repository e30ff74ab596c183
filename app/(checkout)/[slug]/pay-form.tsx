'use client'

import { ContactDetailsElement, PaymentElement, useCheckoutElements } from '@stripe/react-stripe-js/checkout'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useCheckoutRoot } from '@/components/checkout/checkout-root'
import { LockedEmail } from '@/components/checkout/locked-email'
import { Trouble } from '@/components/checkout/trouble'
import type { PublicLink } from '@/lib/links/public'
import { leaveFor, returnAddress } from './confirm'
import { PayFields } from './pay-fields'

type Props = {
  slug: string
  purchase: Pick<PublicLink, 'submit_type' | 'mode'>
  holdsPlaces: boolean
  emailLocked: boolean
  /** The fields and the session are there. */
  onReady: () => void
  onFailed: () => void
}

const paymentOptions = { layout: { type: 'accordion' as const, radios: 'always' as const } }

/** Stripe's fields in a form, or what the session has become meanwhile. */
export function PayForm({ slug, purchase, holdsPlaces, emailLocked, onReady, onFailed }: Props) {
  const t = useTranslations('trouble')
  const result = useCheckoutElements()
  const checkout = result.type === 'success' ? result.checkout : null
  const { publish } = useCheckoutRoot()
  const [fields, setFields] = useState({ email: emailLocked, payment: false })
  const ready = checkout !== null && fields.email && fields.payment
  const status = checkout?.status.type

  useEffect(() => publish(checkout), [checkout, publish])
  useEffect(() => {
    if (result.type === 'error') onFailed()
    else if (ready || status === 'expired') onReady()
  }, [result.type, ready, status, onFailed, onReady])
  const sessionId = checkout?.id
  useEffect(() => {
    // Paid already, here or in another tab: the server knows where that leads.
    if (status === 'complete' && sessionId) leaveFor(returnAddress(slug, sessionId))
  }, [status, sessionId, slug])

  if (status === 'expired') {
    return (
      <Trouble
        title={t('expired.title')}
        action={{ label: t('expired.again'), onPress: () => location.reload() }}
      >
        {t('expired.text')}
      </Trouble>
    )
  }
  return (
    <PayFields checkout={checkout} slug={slug} purchase={purchase} holdsPlaces={holdsPlaces}>
      {emailLocked ? (
        <LockedEmail email={checkout?.email ?? ''} />
      ) : (
        <ContactDetailsElement
          onReady={() => setFields((before) => ({ ...before, email: true }))}
          onLoadError={onFailed}
        />
      )}
      <PaymentElement
        options={paymentOptions}
        onReady={() => setFields((before) => ({ ...before, payment: true }))}
        onLoadError={onFailed}
      />
    </PayFields>
  )
}
