'use client'

import { useId } from 'react'
import { useForm } from './action-form'

type Props = { name: string; label: string; hint?: string; checked?: boolean }

/** A box to tick inside an `ActionForm`; sent as `on`. */
export function CheckField({ name, label, hint, checked = false }: Props) {
  const { state } = useForm()
  const id = useId()
  const error = state.errors[name]
  const wasSent = Object.keys(state.values).length > 0
  return (
    <div className="flex min-h-11 items-center gap-3 desk:min-h-8">
      <input
        id={id}
        name={name}
        type="checkbox"
        defaultChecked={wasSent ? state.values[name] === 'on' : checked}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        className="size-4 shrink-0 accent-brand"
      />
      <label htmlFor={id} className="text-sm wrap-anywhere">
        {label}
        {hint && <span className="block text-[13px] text-ink-2">{hint}</span>}
      </label>
      {error && (
        <p id={`${id}-error`} className="text-sm text-bad">
          {error}
        </p>
      )}
    </div>
  )
}
