'use client'

import { useId } from 'react'
import { useForm } from './action-form'

type Props = { name: string; label: string; options: { value: string; label: string }[] }

/** A labelled choice of one inside an `ActionForm`. */
export function SelectField({ name, label, options }: Props) {
  const { state } = useForm()
  const id = useId()
  const error = state.errors[name]
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        name={name}
        defaultValue={state.values[name] ?? options[0]?.value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-below` : undefined}
        className="h-11 w-full rounded-base border border-control-line bg-card px-3 shadow-card aria-invalid:border-bad"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {error && (
        <p id={`${id}-below`} className="text-sm text-bad">
          {error}
        </p>
      )}
    </div>
  )
}
