'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { decimalText, parseMoney, toDecimalString } from '@/lib/money'
import { useMoney } from '../money'
import type { BasketActions } from './basket'
import { useCheckoutRoot, useGuard } from './checkout-root'
import { useServerChange } from './use-server-change'

type Props = {
  name: string
  /** What is suggested, minor units. */
  amount: number
  minimum: number
  maximum: number
  currency: string
  chooseAmount: BasketActions['chooseAmount']
}

/** The amount the buyer decides on. Leaving the field or Enter sets it; what counts is what Stripe then says. */
export function AmountField({ name, amount, minimum, maximum, currency, chooseAmount }: Props) {
  const t = useTranslations('chosen')
  const money = useMoney()
  const locale = useLocale()
  const { checkout, unfold } = useCheckoutRoot()
  const { ready, busy, make } = useServerChange()
  const [typed, setTyped] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const running = useRef<Promise<boolean> | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const now = checkout?.lineItems[0]?.unitAmount.minorUnitsAmount ?? amount

  // What was typed and not taken is not what would be paid.
  useGuard(async () => {
    const isTaken = await commit()
    if (!isTaken) {
      flushSync(() => unfold(true))
      field.current?.focus()
    }
    return isTaken
  })

  /** @returns whether what stands in the field is what will be paid */
  function commit(): Promise<boolean> {
    running.current ??= take().finally(() => {
      running.current = null
    })
    return running.current
  }

  async function take(): Promise<boolean> {
    if (typed === null) return true
    const parsed = parseMoney(typed, currency)
    const refusal = parsed.ok ? outside(parsed.amount) : t('form', { example: money(amount, currency) })
    setProblem(refusal)
    if (!parsed.ok || refusal) return false
    if (parsed.amount !== now) {
      const reply = await make((session) => chooseAmount({ session, amount: parsed.amount }))
      if (reply.kind !== 'changed') {
        setProblem(t(reply.kind === 'refused' ? 'refused' : 'failed'))
        return false
      }
    }
    setTyped(null)
    return true
  }

  function outside(value: number): string | null {
    if (value < minimum) return t('below', { minimum: money(minimum, currency) })
    return value > maximum ? t('above', { maximum: money(maximum, currency) }) : null
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== 'Enter') return
    event.preventDefault()
    void commit()
  }

  return (
    <div className="mt-2 no-script:hidden">
      <label className="sr-only" htmlFor={id}>
        {t('label', { item: name })}
      </label>
      <div className="flex items-center gap-2">
        <input
          ref={field}
          id={id}
          className="h-11 w-36 rounded-base border border-control-line bg-card px-3 tabular-nums aria-invalid:border-bad"
          inputMode={toDecimalString(0, currency).includes('.') ? 'decimal' : 'numeric'}
          autoComplete="off"
          dir="ltr"
          disabled={!ready}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-bounds ${id}-problem`}
          aria-busy={busy}
          value={typed ?? decimalText(now, currency, locale)}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={() => void commit()}
          onKeyDown={onKeyDown}
        />
        <span className="text-ink-2">{currency.toUpperCase()}</span>
      </div>
      <p id={`${id}-bounds`} className="mt-1 text-[13px] text-ink-2">
        {t('bounds', { minimum: money(minimum, currency), maximum: money(maximum, currency) })}
      </p>
      <p id={`${id}-problem`} role="status" className="mt-1 text-[13px] text-bad empty:hidden">
        {problem}
      </p>
    </div>
  )
}
