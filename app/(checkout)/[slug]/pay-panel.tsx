'use client'

import { CheckoutElementsProvider } from '@stripe/react-stripe-js/checkout'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { Purchase } from '@/components/checkout/due'
import { PaySkeleton } from '@/components/checkout/pay-skeleton'
import { Trouble } from '@/components/checkout/trouble'
import { useAppearance } from '@/components/checkout/use-appearance'
import { useOpeningCodes } from '@/components/checkout/use-opening-codes'
import type { SessionResponse } from '@/lib/checkout/open'
import type { Asked } from '@/lib/links/asked'
import { stripePatience, useStripe } from '../use-stripe'
import { asksMore, nothingAsked } from './asking'
import { readAddressDraft } from './draft'
import { type FormProps, PayForm } from './pay-form'
import { type SessionTrouble, SessionTroubles } from './session-troubles'
import { useSession } from './use-session'

type Props = {
  slug: string
  /** Of the link that is shown. */
  version: number
  publishableKey: string
  jsUrl: string | null
  merchant: string
  purchase: Purchase
  asked: Asked
  /** Stands below the form. */
  children: ReactNode
}

type Open = Extract<SessionResponse, { state: 'open' }>

const loadAskingForm = () => import('./asking-form').then((module) => module.AskingForm)
const AskingForm = dynamic(loadAskingForm, { ssr: false })

const reload = () => location.reload()

/** The way to pay: waits for the session and for Stripe.js, shows the form, or says what is in the way. */
export function PayPanel(props: Props) {
  const t = useTranslations()
  const { slug, version, publishableKey, jsUrl, merchant, purchase, asked, children } = props
  const { state, retry } = useSession(slug, version)
  const stripe = useStripe(publishableKey, jsUrl)
  const [loaded, setLoaded] = useState<'waiting' | 'ready' | 'failed'>('waiting')
  const frame = useRef<HTMLDivElement>(null)
  const appearance = useAppearance(frame)
  const open = state.kind === 'answered' && state.session.state === 'open' ? state.session : null
  const options = useOptions(slug, open, appearance)
  useOpeningCodes(open?.codes)
  const mounting = stripe.kind === 'ready' && options !== null

  const isAsking = asksMore(asked)
  useEffect(() => {
    // Its script arrives together with Stripe's.
    if (isAsking) void loadAskingForm().catch(() => {})
  }, [isAsking])

  useEffect(() => {
    if (!mounting || loaded !== 'waiting') return
    const timer = setTimeout(() => setLoaded('failed'), stripePatience)
    return () => clearTimeout(timer)
  }, [mounting, loaded])

  useEffect(() => {
    // A page kept for the back button shows a session that may have been paid since.
    const onShow = (event: PageTransitionEvent) => event.persisted && reload()
    addEventListener('pageshow', onShow)
    return () => removeEventListener('pageshow', onShow)
  }, [])

  const form: FormProps | null = open && {
    ...{ slug, purchase, asked, merchant },
    emailKnown: open.email_locked || open.email_known,
    answered: open.answers,
    onReady: () => setLoaded('ready'),
    onFailed: () => setLoaded((before) => (before === 'ready' ? before : 'failed')),
  }
  const trouble: SessionTrouble | null = open || state.kind === 'opening' ? null : state
  const unreachable = !trouble && (stripe.kind === 'unreachable' || loaded === 'failed')
  const waiting = !trouble && !unreachable && loaded === 'waiting'
  return (
    <div ref={frame} className="relative" aria-busy={waiting}>
      {trouble && <SessionTroubles trouble={trouble} merchant={merchant} onRetry={retry} />}
      {unreachable && (
        <Trouble title={t('trouble.blocked.title')} action={{ label: t('trouble.reload'), onPress: reload }}>
          {t('trouble.blocked.text')}
        </Trouble>
      )}
      {waiting && <PaySkeleton questions={countQuestions(asked)} />}
      <p role="status" className="text-sm text-ink-2 not-empty:mt-4">
        {state.kind === 'opening' && state.slow && t('pay.slow')}
      </p>
      {form && options && stripe.kind === 'ready' && loaded !== 'failed' && (
        // Out of sight but laid out: the fields load at their final width while their stand-in is shown.
        <div
          inert={loaded === 'waiting'}
          className={loaded === 'waiting' ? 'absolute inset-x-0 top-0 opacity-0' : ''}
        >
          <CheckoutElementsProvider stripe={stripe.stripe} options={options}>
            {isAsking ? <AskingForm {...form} /> : <PayForm {...form} asking={nothingAsked} />}
          </CheckoutElementsProvider>
        </div>
      )}
      {/* Comes with the form, because what has been seen must not move. */}
      <div className={waiting ? 'hidden no-script:block' : ''}>{children}</div>
    </div>
  )
}

/** About how many fields come before the ways to pay; an address has five. */
function countQuestions(asked: Asked): number {
  const { phone, individual_name, business_name, shipping_address, custom_fields } = asked
  const own = [phone, individual_name !== 'no', business_name !== 'no'].filter(Boolean).length
  return own + custom_fields.length + (shipping_address ? 5 : 0)
}

function useOptions(slug: string, open: Open | null, appearance: ReturnType<typeof useAppearance>) {
  return useMemo(() => {
    if (!open || !appearance) return null
    const { client_secret: clientSecret, prefilled_email: email, email_locked: locked } = open
    return {
      clientSecret,
      elementsOptions: { appearance, loader: 'never' as const },
      // Where the session has it too: the form shows the selector, and every amount its currency.
      adaptivePricing: { allowed: true },
      defaultValues: { ...(email && !locked && { email }), ...readAddressDraft(slug) },
    }
  }, [slug, open, appearance])
}
