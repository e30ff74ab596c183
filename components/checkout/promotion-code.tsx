'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { buttonClass } from '../ui/button'
import { appliedCode, type Checkout, useCheckoutRoot } from './checkout-root'

type Problem = 'invalid' | 'small' | 'failed'

/** A box for a code, behind one quiet line; once Stripe has taken a code, that code and the way to take it out. */
export function PromotionCode() {
  const t = useTranslations('promotion')
  const { checkout: loaded, during, paying } = useCheckoutRoot()
  const checkout = paying ? null : loaded
  const [open, setOpen] = useState(false)
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const acted = useRef(false)
  const id = useId()
  const applied = appliedCode(loaded)

  useEffect(() => {
    // What was pressed is gone: its place is where the keyboard goes on.
    if (!acted.current) return
    acted.current = false
    const next = open && !applied ? field : button
    next.current?.focus()
  }, [applied, open])

  async function change(make: (checkout: Checkout) => Promise<Problem | string | null>) {
    if (!checkout || busy) return
    setBusy(true)
    setProblem(null)
    acted.current = true
    const refusal = await during(make(checkout)).catch(() => 'failed' as const)
    setBusy(false)
    setProblem(refusal)
    if (refusal) {
      acted.current = false
      return field.current?.focus()
    }
    setOpen(false)
    setCode('')
  }

  function apply(event: FormEvent) {
    event.preventDefault()
    const typed = code.trim()
    if (typed === '') return field.current?.focus()
    void change(async (checkout) => {
      const result = await checkout.applyPromotionCode(typed)
      if (result.type === 'success') return null
      const { code: why, message } = result.error
      if (why === 'invalidCode') return 'invalid'
      return why === 'promotionCodeAmountInsufficient' ? 'small' : message
    })
  }

  const remove = () =>
    change(async (checkout) => {
      const result = await checkout.removePromotionCode()
      return result.type === 'success' ? null : result.error.message
    })

  const words = problem && (isKnown(problem) ? t(problem) : problem)
  return (
    <div className="mt-5 no-script:hidden" aria-busy={busy}>
      {applied ? (
        <span className="inline-flex items-center rounded-base bg-brand/12 ps-3 text-sm font-semibold text-ink">
          <bdi className="wrap-anywhere">{applied}</bdi>
          <button
            ref={button}
            type="button"
            aria-label={t('remove', { code: applied })}
            aria-disabled={busy}
            className="grid size-11 place-items-center rounded-base"
            onClick={() => void remove()}
          >
            <svg
              aria-hidden="true"
              viewBox="0 0 16 16"
              className="size-3.5 fill-none stroke-current stroke-2"
            >
              <path d="m4 4 8 8m0-8-8 8" />
            </svg>
          </button>
        </span>
      ) : open ? (
        <form onSubmit={apply} noValidate>
          <label className="mb-1.5 block text-sm font-medium" htmlFor={id}>
            {t('label')}
          </label>
          <div className="flex gap-2">
            <input
              ref={field}
              id={id}
              className="h-11 min-w-0 flex-1 rounded-base border border-control-line bg-card px-3 uppercase placeholder:normal-case aria-invalid:border-bad"
              value={code}
              maxLength={500}
              dir="ltr"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              aria-invalid={problem !== null}
              aria-describedby={problem ? `${id}-problem` : undefined}
              onChange={(event) => setCode(event.target.value)}
            />
            <button type="submit" aria-disabled={busy} className={buttonClass('secondary')}>
              {t('apply')}
            </button>
          </div>
        </form>
      ) : (
        <button
          ref={button}
          type="button"
          aria-disabled={!checkout}
          className="-mx-2 flex h-11 items-center gap-2 rounded-base px-2 text-[15px] font-medium text-brand-ink"
          onClick={() => {
            if (!checkout) return
            acted.current = true
            setOpen(true)
          }}
        >
          <span aria-hidden="true">+</span>
          {t('add')}
        </button>
      )}
      <p id={`${id}-problem`} role="status" className="text-[13px] text-bad not-empty:mt-1">
        {words}
      </p>
    </div>
  )
}

function isKnown(problem: string): problem is Problem {
  return problem === 'invalid' || problem === 'small' || problem === 'failed'
}
