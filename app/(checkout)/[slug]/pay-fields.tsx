'use client'

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { type Checkout, useCheckoutRoot } from '@/components/checkout/checkout-root'
import { PayButton, type PayPhase } from '@/components/checkout/pay-button'
import { PayProblem, type Problem } from '@/components/checkout/pay-problem'
import { payLabel } from '@/components/checkout/words'
import type { PublicLink } from '@/lib/links/public'
import { formatMoney } from '@/lib/money'
import { type ConfirmOutcome, confirmPayment, leaveFor } from './confirm'
import { holdBeforePaying } from './hold-call'

type Props = {
  checkout: Checkout | null
  slug: string
  purchase: Pick<PublicLink, 'submit_type' | 'mode'>
  holdsPlaces: boolean
  children: ReactNode
}

const notDone = 'The payment did not go through'

function titleOf(outcome: Exclude<ConfirmOutcome, { kind: 'leave' }>): string {
  if (outcome.kind === 'invalid') return 'Something is missing above'
  return outcome.kind === 'refused' ? outcome.title : notDone
}

/** Fields above, button below; presses are counted once and their outcome is said where it is looked for. */
export function PayFields({ checkout, slug, purchase, holdsPlaces, children }: Props) {
  const { changing } = useCheckoutRoot()
  const [phase, setPhase] = useState<PayPhase>('idle')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [checking, setChecking] = useState(false)
  const pressed = useRef(false)
  const earlier = useRef(false)
  const total = checkout?.total.total
  const before = checkout?.lastPaymentError?.message

  useEffect(() => {
    // Back from a bank's page without a payment: its reason is in the session this page resumed.
    if (!checkout || earlier.current) return
    earlier.current = true
    if (before) setProblem({ title: notDone, message: before })
  }, [checkout, before])

  async function pay(event: FormEvent) {
    event.preventDefault()
    if (!checkout || pressed.current || changing > 0) return
    pressed.current = true
    setProblem(null)
    setPhase('working')
    const outcome = await confirmPayment(checkout, slug, {
      hold: holdsPlaces ? () => holdBeforePaying(checkout.id) : null,
      onUnknown: () => setChecking(true),
    })
    setChecking(false)
    if (outcome.kind === 'leave') {
      setPhase(outcome.paid ? 'paid' : 'working')
      return leaveFor(outcome.to)
    }
    pressed.current = false
    setPhase('idle')
    setProblem({ title: titleOf(outcome), message: outcome.message })
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
          total && checkout ? payLabel(purchase, formatMoney(total.minorUnitsAmount, checkout.currency)) : '…'
        }
      />
      <p role="status" className="text-center text-[15px] text-ink-2 empty:hidden">
        {checking &&
          'The connection was lost while your payment was being sent. We are finding out what became of it: please keep this page open, it goes on by itself.'}
      </p>
    </form>
  )
}
