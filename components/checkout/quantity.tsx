'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useId, useState } from 'react'
import { westernDigits } from '@/lib/money'
import { type QuantityItem, useQuantity } from './use-quantity'

/** Changes how many of an item are bought: two buttons and a field to type into. */
export function Quantity({ name, ...item }: QuantityItem & { name: string }) {
  const t = useTranslations('quantity')
  const { shown, lowest, ready, busy, problem, change, refuse } = useQuantity(item)
  const [typed, setTyped] = useState<string | null>(null)
  const problemId = useId()

  function commit() {
    if (typed === null) return
    setTyped(null)
    const digits = westernDigits(typed)
    if (/^\d{1,6}$/.test(digits)) change(Number(digits))
    else refuse(t('typed', { minimum: lowest, maximum: item.maximum }))
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter') commit()
    else if (event.key === 'ArrowUp') change(shown + 1)
    else if (event.key === 'ArrowDown') change(shown - 1)
    else return
    event.preventDefault()
  }

  return (
    <div className="mt-2 no-script:hidden">
      <fieldset
        aria-busy={busy}
        className="flex w-fit items-center rounded-base border border-control-line/60 bg-card"
      >
        <legend className="sr-only">{t('label', { item: name })}</legend>
        <Step
          label={t('fewer', { item: name })}
          off={!ready || shown <= lowest}
          onPress={() => change(shown - 1)}
        >
          −
        </Step>
        <input
          aria-label={t('label', { item: name })}
          aria-invalid={problem !== null}
          aria-describedby={problem ? problemId : undefined}
          className={`h-11 w-12 rounded-base bg-transparent text-center text-[15px] tabular-nums ${busy ? 'text-ink-2' : ''}`}
          inputMode="numeric"
          autoComplete="off"
          disabled={!ready}
          value={typed ?? String(shown)}
          onChange={(event) => setTyped(event.target.value.trim())}
          onFocus={(event) => event.target.select()}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        <Step
          label={t('more', { item: name })}
          off={!ready || shown >= item.maximum}
          onPress={() => change(shown + 1)}
        >
          +
        </Step>
      </fieldset>
      <p id={problemId} role="status" className="mt-1 text-[13px] text-bad empty:hidden">
        {problem}
      </p>
    </div>
  )
}

type StepProps = { label: string; off: boolean; onPress: () => void; children: string }

/** Stays focusable at a bound: a button that vanishes under the finger loses the keyboard's place. */
function Step({ label, off, onPress, children }: StepProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={off}
      className="grid size-11 place-items-center rounded-base text-lg text-ink-2 hover:text-ink aria-disabled:cursor-default aria-disabled:opacity-40"
      onClick={() => {
        if (!off) onPress()
      }}
    >
      {children}
    </button>
  )
}
