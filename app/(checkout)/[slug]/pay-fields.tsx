'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { type Checkout, useCheckoutRoot } from '@/components/checkout/checkout-root'
import type { Purchase } from '@/components/checkout/due'
import { PayButton, type PayPhase } from '@/components/checkout/pay-button'
import { PayProblem, type Problem } from '@/components/checkout/pay-problem'
import { purposeOf } from '@/components/checkout/purpose'
import { useMoney } from '@/components/money'
import { leaveFor } from '../find-out'
import type { Asking } from './asking'
import { type ConfirmOutcome, confirmPayment } from './confirm'
import { type AddressDraft, forgetDraft } from './draft'
import { ExpressPay, type WalletEvent } from './express-pay'
import { holdBeforePaying } from './hold-call'
import { useRefusal } from './use-refusal'

type Props = {
  checkout: Checkout | null
  slug: string
  purchase: Purchase
  asking: Asking
  /** The whole addresses in the fields, where the total hangs on them; else null. */
  typed: () => AddressDraft | null
  /** Called when the session turns out to have ended. */
  onEnded: () => void
  /** Called when it is known whether there is a wallet; null where none is offered. */
  onWallets: (() => void) | null
  /** Stands below the button. */
  after: ReactNode
  children: ReactNode
}

/** Fields above, button below; presses are counted once and their outcome is said where it is looked for. */
export function PayFields({
  checkout,
  slug,
  purchase,
  asking,
  typed,
  onEnded,
  onWallets,
  after,
  children,
}: Props) {
  const { changing, latest, settled, setPaying } = useCheckoutRoot()
  const t = useTranslations('pay')
  const locale = useLocale()
  const payLabel = usePayLabel(purchase)
  const problemOf = useProblem()
  const [phase, setPhase] = useState<PayPhase>('idle')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [checking, setChecking] = useState(false)
  const [unanswered, setUnanswered] = useState(false)
  const pressed = useRef(false)
  const earlier = useRef(false)
  const total = checkout?.total.total
  const before = checkout?.lastPaymentError?.message

  useEffect(() => {
    // Back from a bank's page without a payment: its reason is in the session this page resumed.
    if (!checkout || earlier.current) return
    earlier.current = true
    if (before) setProblem({ title: t('failed'), message: before })
  }, [checkout, before, t])

  async function pay(wallet: WalletEvent | null) {
    if (!checkout || pressed.current) return wallet?.paymentFailed()
    pressed.current = true
    setProblem(null)
    setUnanswered(false)
    setPhase('working')
    const isSettled = await settled()
    setPaying(true)
    const outcome: ConfirmOutcome = isSettled
      ? await confirmPayment(slug, {
          seen: checkout,
          latest: () => latest() ?? checkout,
          typed: typed(),
          asking,
          locale,
          wallet,
          hold: () => holdBeforePaying(checkout.id),
          onUnknown: () => setChecking(true),
        })
      : { kind: 'unanswered' }
    setChecking(false)
    if (outcome.kind === 'leave') {
      setPhase(outcome.paid ? 'paid' : 'working')
      forgetDraft(slug)
      return leaveFor(outcome.to)
    }
    if (outcome.kind === 'ended') {
      setPaying(false)
      wallet?.paymentFailed()
      return onEnded()
    }
    const found = outcome.kind === 'unanswered' ? null : problemOf(outcome)
    wallet?.paymentFailed({ reason: 'fail', message: found?.message ?? t('unanswered') })
    pressed.current = false
    setPaying(false)
    setPhase('idle')
    setUnanswered(found === null)
    setProblem(found)
  }

  return (
    // Stripe's own amount stands here unformatted: what the button says can be compared with it.
    <form
      className="grid gap-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void pay(null)
      }}
      noValidate
      data-total={total?.amount}
    >
      {onWallets && <ExpressPay onSettled={onWallets} onConfirm={(event) => void pay(event)} />}
      {children}
      <PayProblem problem={problem} />
      <PayButton phase={phase} waiting={changing > 0} label={checkout ? payLabel(checkout) : '…'} />
      <p role="status" className="text-center text-[15px] text-ink-2 empty:hidden">
        {checking && t('checking')}
        {unanswered && t('unanswered')}
      </p>
      {after}
    </form>
  )
}

/** What the button says: the amount, or what happens where nothing is due today. */
function usePayLabel(purchase: Purchase): (checkout: Checkout) => string {
  const t = useTranslations('pay')
  const money = useMoney()
  const purpose = purposeOf(purchase)
  return ({ total, currency, recurring }) => {
    const due = total.total.minorUnitsAmount
    if (due !== 0) return t(`button.${purpose}`, { amount: money(due, currency) })
    return t(recurring?.trial ? 'free.trial' : `free.${purpose}`)
  }
}

/** What is said about a payment that did not happen. */
function useProblem(): (
  outcome: Exclude<ConfirmOutcome, { kind: 'leave' | 'unanswered' | 'ended' }>,
) => Problem {
  const t = useTranslations('pay')
  const refusal = useRefusal()
  return (outcome) => {
    switch (outcome.kind) {
      case 'invalid':
        return { title: t('missing'), message: outcome.message }
      case 'total_changed':
        return { title: t('totalChanged.title'), message: t('totalChanged.text') }
      case 'refused':
        return refusal(outcome.refusal)
      case 'declined':
        return { title: t('failed'), message: outcome.message }
      case 'undone':
        return { title: t('failed'), message: [outcome.reason ?? t('lost'), t('notCharged')].join(' ') }
    }
  }
}
