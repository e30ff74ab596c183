'use client'

import type { StripeElements, StripeError } from '@stripe/stripe-js'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { PayButton, type PayPhase } from '@/components/checkout/pay-button'
import { PayProblem, type Problem } from '@/components/checkout/pay-problem'
import { Trouble } from '@/components/checkout/trouble'
import { useAppearance } from '@/components/checkout/use-appearance'
import { useMoney } from '@/components/money'
import { useMethodName } from '@/components/receipt/method-name'
import { buttonClass } from '@/components/ui/button'
import type { UnfinishedCharge } from '@/lib/checkout/finish-charge'
import { findOut, leaveFor } from '../../find-out'
import { useStripe } from '../../use-stripe'

type Props = {
  /** Asks the server how the payment stands. */
  returnPath: string
  clientSecret: string
  publishableKey: string
  jsUrl: string | null
  /** Minor units. */
  amount: number
  currency: string
  saved: { id: string; method: UnfinishedCharge['payment_method'] }
}

/** Pays with the method that is kept, which lets the bank ask, or with another one. */
export function FinishForm(props: Props) {
  const { returnPath, clientSecret, publishableKey, jsUrl, amount, currency, saved } = props
  const t = useTranslations()
  const money = useMoney()
  const name = useMethodName(saved.method)
  const stripe = useStripe(publishableKey, jsUrl)
  const frame = useRef<HTMLFormElement>(null)
  const field = useRef<HTMLDivElement>(null)
  const elements = useRef<StripeElements | null>(null)
  const appearance = useAppearance(frame)
  const [another, setAnother] = useState(false)
  const [phase, setPhase] = useState<PayPhase>('idle')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [failed, setFailed] = useState(false)
  const loaded = stripe.kind === 'ready' ? stripe.stripe : null

  const first = useRef(appearance)
  const isStyled = appearance !== null
  useEffect(() => {
    first.current ??= appearance
    // What has been typed stays in its fields when the scheme changes.
    if (appearance) elements.current?.update({ appearance })
  }, [appearance])
  useEffect(() => {
    if (!another || !loaded || !isStyled || !field.current) return
    const group = loaded.elements({
      clientSecret,
      ...(first.current && { appearance: first.current }),
      loader: 'never',
    })
    const payment = group.create('payment', { layout: { type: 'accordion', radios: 'always' } })
    payment.on('loaderror', () => setFailed(true))
    payment.mount(field.current)
    elements.current = group
    return () => {
      elements.current = null
      payment.destroy()
    }
  }, [another, loaded, isStyled, clientSecret])

  async function confirm(): Promise<StripeError | undefined> {
    if (!loaded) return
    const confirmParams = { return_url: `${location.origin}${returnPath}` }
    const group = another ? elements.current : null
    if (!group) {
      const own = { ...confirmParams, payment_method: saved.id }
      return (await loaded.confirmPayment({ clientSecret, confirmParams: own, redirect: 'if_required' }))
        .error
    }
    const { error } = await group.submit()
    if (error) return error
    return (
      await loaded.confirmPayment({ elements: group, clientSecret, confirmParams, redirect: 'if_required' })
    ).error
  }

  async function pay(event: FormEvent) {
    event.preventDefault()
    if (!loaded || phase !== 'idle') return
    setPhase('working')
    setProblem(null)
    const error = await confirm().catch(() => undefined)
    // Whatever is not certainly a refusal is asked of the server.
    if (!error || !isRefusal(error)) return leaveFor(await findOut(returnPath))
    setPhase('idle')
    const title = error.type === 'validation_error' ? t('pay.missing') : t('pay.failed')
    setProblem({ title, message: error.message ?? '' })
  }

  if (stripe.kind === 'unreachable' || failed) {
    return (
      <Trouble
        title={t('trouble.blocked.title')}
        action={{ label: t('trouble.reload'), onPress: () => location.reload() }}
      >
        {t('trouble.blocked.text')}
      </Trouble>
    )
  }
  return (
    <form ref={frame} className="mt-5 grid gap-4" onSubmit={pay} noValidate aria-busy={!loaded}>
      {another ? (
        <div ref={field} />
      ) : (
        name && <p className="font-medium">{t('finish.with', { method: name })}</p>
      )}
      <PayProblem problem={problem} />
      <PayButton
        phase={phase}
        waiting={!loaded}
        label={t('finish.button', { amount: money(amount, currency) })}
      />
      {!another && (
        <button type="button" className={buttonClass('secondary', 'w-full')} onClick={() => setAnother(true)}>
          {t('finish.another')}
        </button>
      )}
    </form>
  )
}

function isRefusal({ type, code }: StripeError): boolean {
  return (
    type === 'card_error' || type === 'validation_error' || code === 'payment_intent_authentication_failure'
  )
}
