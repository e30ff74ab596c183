'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { type Checkout, useCheckoutRoot } from '@/components/checkout/checkout-root'
import { PayButton, type PayPhase } from '@/components/checkout/pay-button'
import { PayProblem, type Problem } from '@/components/checkout/pay-problem'
import { purposeOf } from '@/components/checkout/purpose'
import { useMoney } from '@/components/money'
import type { PublicLink } from '@/lib/links/public'
import { type ConfirmOutcome, confirmPayment, leaveFor } from './confirm'
import { holdBeforePaying } from './hold-call'
import type { Asking } from './use-asking'
import { useRefusal } from './use-refusal'

type Props = {
  checkout: Checkout | null
  slug: string
  purchase: Pick<PublicLink, 'submit_type' | 'mode'>
  holdsPlaces: boolean
  asking: Asking
  /** Stands below the button. */
  after: ReactNode
  children: ReactNode
}

/** Fields above, button below; presses are counted once and their outcome is said where it is looked for. */
export function PayFields({ checkout, slug, purchase, holdsPlaces, asking, after, children }: Props) {
  const { changing } = useCheckoutRoot()
  const t = useTranslations('pay')
  const locale = useLocale()
  const money = useMoney()
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

  async function pay(event: FormEvent) {
    event.preventDefault()
    if (!checkout || pressed.current || changing > 0) return
    pressed.current = true
    setProblem(null)
    setUnanswered(false)
    setPhase('working')
    const outcome = await confirmPayment(checkout, slug, {
      asking,
      locale,
      hold: holdsPlaces ? () => holdBeforePaying(checkout.id) : null,
      onUnknown: () => setChecking(true),
    })
    setChecking(false)
    if (outcome.kind === 'leave') {
      setPhase(outcome.paid ? 'paid' : 'working')
      asking.forget()
      return leaveFor(outcome.to)
    }
    pressed.current = false
    setPhase('idle')
    setUnanswered(outcome.kind === 'unanswered')
    setProblem(outcome.kind === 'unanswered' ? null : problemOf(outcome))
  }

  return (
    // Stripe's own amount stands here unformatted: what the button says can be compared with it.
    <form className="grid gap-4" onSubmit={pay} noValidate data-total={total?.amount}>
      {children}
      <PayProblem problem={problem} />
      <PayButton
        phase={phase}
        waiting={changing > 0}
        label={
          total && checkout
            ? t(`button.${purposeOf(purchase)}`, {
                amount: money(total.minorUnitsAmount, checkout.currency),
              })
            : '…'
        }
      />
      <p role="status" className="text-center text-[15px] text-ink-2 empty:hidden">
        {checking && t('checking')}
        {unanswered && t('unanswered')}
      </p>
      {after}
    </form>
  )
}

/** What is said about a payment that did not happen. */
function useProblem(): (outcome: Exclude<ConfirmOutcome, { kind: 'leave' | 'unanswered' }>) => Problem {
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
