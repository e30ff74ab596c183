'use client'

import { type HTMLAttributes, useId } from 'react'
import { useForm } from './action-form'

type Props = {
  name: string
  label: string
  type?: 'text' | 'email' | 'password' | 'url' | 'datetime-local'
  optional?: boolean
  autoComplete: string
  /** A rule worth knowing before typing. */
  hint?: string
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode']
}

/** A labelled line of text inside an `ActionForm`, with its rule and what is wrong with it below. */
export function Field({
  name,
  label,
  type = 'text',
  optional = false,
  autoComplete,
  hint,
  inputMode,
}: Props) {
  const { state } = useForm()
  const id = useId()
  const error = state.errors[name]
  const below = error ?? hint
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        name={name}
        type={type}
        autoComplete={autoComplete}
        inputMode={inputMode}
        defaultValue={state.values[name]}
        required={!optional}
        aria-invalid={error ? true : undefined}
        aria-describedby={below ? `${id}-below` : undefined}
        className="h-11 w-full rounded-base border border-control-line bg-card px-3 shadow-card aria-invalid:border-bad"
      />
      {below && (
        <p id={`${id}-below`} className={`text-sm ${error ? 'text-bad' : 'text-ink-2'}`}>
          {below}
        </p>
      )}
    </div>
  )
}
