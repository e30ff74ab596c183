'use client'

import { ExpressCheckoutElement } from '@stripe/react-stripe-js/checkout'
import type { StripeExpressCheckoutElementConfirmEvent } from '@stripe/stripe-js'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { Asked } from '@/lib/links/asked'
import { focusFirstProblem } from './first-problem'

/** Milliseconds the form waits for wallets: later ones would push down what has been seen. */
const patience = 2500

/** What a wallet says when its owner has agreed to pay. */
export type WalletEvent = StripeExpressCheckoutElementConfirmEvent

/** A wallet knows its owner's e-mail, phone and addresses, and nothing of names on invoices and tax IDs. */
export function takesWallets({ individual_name, business_name, tax_id }: Asked): boolean {
  return ![individual_name, business_name, tax_id].includes('required')
}

type Props = {
  /** It is known whether there is a wallet. */
  onSettled: () => void
  onConfirm: (event: WalletEvent) => void
}

/** Wallets above the fields where this browser has one; nothing, not even a gap, where it has none. */
export function ExpressPay({ onSettled, onConfirm }: Props) {
  const t = useTranslations('pay')
  const [wallets, setWallets] = useState<'unknown' | 'some' | 'none'>('unknown')
  const settle = (found: 'some' | 'none') => setWallets((before) => (before === 'unknown' ? found : before))
  useEffect(() => {
    const timer = setTimeout(() => setWallets((before) => (before === 'unknown' ? 'none' : before)), patience)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    if (wallets !== 'unknown') onSettled()
  }, [wallets, onSettled])
  if (wallets === 'none') return null
  return (
    <div className="grid gap-4">
      <ExpressCheckoutElement
        onReady={({ availablePaymentMethods }) =>
          settle(Object.values(availablePaymentMethods ?? {}).some(Boolean) ? 'some' : 'none')
        }
        onLoadError={() => settle('none')}
        onConfirm={onConfirm}
        // A wallet that was refused keeps the focus until it is closed.
        onCancel={focusFirstProblem}
      />
      <p className="flex items-center gap-3 text-[13px] text-ink-2 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t('or')}
      </p>
    </div>
  )
}
