'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { TotalAmount } from './amounts'
import { useCheckoutRoot } from './checkout-root'
import { MerchantTile } from './merchant-name'

type Props = {
  merchant: string
  logo: string | null
  /** What is bought, in a few words. */
  what: string
  amount: number
  currency: string
  /** What follows the first payment, in words. */
  recurrence: ReactNode
  children: ReactNode
}

/**
 * The order. Beside the payment where there is room; on a phone one line that stays in reach and opens the rest.
 * Without JavaScript it is open.
 */
export function Fold({ merchant, logo, what, amount, currency, recurrence, children }: Props) {
  const t = useTranslations('order')
  const { unfolded: open, unfold } = useCheckoutRoot()
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-controls="order"
        onClick={() => unfold(!open)}
        className="offer-ground sticky top-0 z-10 flex min-h-16 w-full items-center gap-3 border-b border-line bg-tint px-5 py-2 text-start desk:hidden"
      >
        <MerchantTile name={merchant} logo={logo} />
        <span className="min-w-0 flex-1 leading-tight">
          <span className="block truncate text-[13px] text-ink-2" dir="auto">
            {merchant}
          </span>
          <span className="block truncate text-[15px] font-semibold" dir="auto">
            {what}
          </span>
        </span>
        <span className="text-end leading-tight tabular-nums">
          <span className="block text-lg leading-tight font-semibold">
            <TotalAmount amount={amount} currency={currency} />
          </span>
          {recurrence && <span className="block text-[13px] text-ink-2">{recurrence}</span>}
        </span>
        <span className="sr-only">{open ? t('hide') : t('show')}</span>
        <svg
          aria-hidden="true"
          viewBox="0 0 16 16"
          className={`size-4 shrink-0 fill-none stroke-ink-2 stroke-2 transition-transform motion-reduce:transition-none no-script:hidden ${open ? 'rotate-180' : ''}`}
        >
          <path d="m3 6 5 5 5-5" />
        </svg>
      </button>
      <section
        id="order"
        aria-label={t('label')}
        className={`offer-ground bg-tint px-5 py-5 max-desk:border-b max-desk:border-line desk:px-12 desk:py-14 ${open ? '' : 'max-desk:hidden no-script:block!'}`}
      >
        {children}
      </section>
    </>
  )
}
