import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { UnfinishedCharge } from '@/lib/checkout/finish-charge'
import { MerchantName } from '../checkout/merchant-name'
import { Money } from '../money'
import { PendingWatch } from '../receipt/pending-watch'
import { StatusMark } from '../receipt/status-mark'
import { Texts } from '../texts'

type Props = {
  charge: UnfinishedCharge
  /** Stripe could not be asked after the buyer had done their part. */
  unsure: boolean
  /** The way to pay, where it can be paid. */
  children: ReactNode
}

/** How a payment stands that waits for its buyer. */
export function FinishCard({ charge, unsure, children }: Props) {
  const { merchant, amount, currency, description } = charge
  // The bank's reason comes in English.
  const refusal = useLocale().startsWith('en') ? charge.refusal : null
  const t = useTranslations('finish')
  const wait = useTranslations('wait')
  const state = stateOf(charge)
  const mark = marks[state]
  return (
    <main className="flex-1 bg-tint px-5 py-10">
      <div className="mx-auto max-w-120">
        <MerchantName name={merchant.name} />
        <article className="mt-5 rounded-2xl border border-line bg-card p-6 shadow-card sm:p-7">
          {mark && !unsure && <StatusMark status={mark} />}
          <h1 className="mt-4 text-2xl leading-tight font-semibold tracking-tight text-balance first:mt-0">
            {unsure ? wait('title') : t(`${state}.title`)}
          </h1>
          <p className="mt-2 text-ink-2 wrap-anywhere">
            {unsure ? wait('text') : t(`${state}.text`, { merchant: merchant.name, reason: refusal ?? '' })}
          </p>
          <dl className="mt-5 flex justify-between gap-4 border-y border-line py-3 font-semibold">
            <dt dir="auto" className="min-w-0 text-start wrap-anywhere">
              {description ?? t('asks', { merchant: merchant.name })}
            </dt>
            <dd className="tabular-nums">
              <Money amount={amount} currency={currency} />
            </dd>
          </dl>
          {state === 'processing' && !unsure && (
            <Texts of={['watch']}>
              <PendingWatch />
            </Texts>
          )}
          {children}
        </article>
      </div>
    </main>
  )
}

const marks = {
  needed: null,
  refused: 'failed',
  succeeded: 'paid',
  processing: 'pending',
  over: null,
  expired: null,
} as const

/** Stripe's status in the words of this page. */
function stateOf({ status, refusal }: UnfinishedCharge): keyof typeof marks {
  switch (status) {
    case 'succeeded':
    case 'processing':
    case 'expired':
      return status
    case 'requires_payment_method':
    case 'requires_action':
    case 'requires_confirmation':
      return refusal ? 'refused' : 'needed'
    default:
      return 'over'
  }
}
