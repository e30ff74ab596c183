'use client'

import { useTranslations } from 'next-intl'
import { type HTMLAttributes, useId } from 'react'
import type { AnswerProblem } from '@/lib/checkout/answer-rules'
import { described, inputClass, LabelledField, SelectField } from './field-parts'

type Props = {
  label: string
  required: boolean
  value: string | boolean
  problem: AnswerProblem | null
  onChange: (value: string) => void
  onLeave: () => void
  /** HTML, `autocomplete`: what the browser may fill in. */
  autoComplete: string
  type?: 'text' | 'tel'
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode']
}

/** A line about the buyer: phone, a name, a tax ID. */
export function ContactField({
  label,
  required,
  value,
  problem,
  onChange,
  onLeave,
  type = 'text',
  ...hints
}: Props) {
  const id = useId()
  return (
    <LabelledField id={id} label={label} optional={!required} problem={problem}>
      <input
        {...described(id, problem)}
        {...hints}
        type={type}
        // A number is written from left to right in every language; a name as it is.
        dir={type === 'tel' ? 'ltr' : 'auto'}
        required={required}
        value={String(value)}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
        className={`${inputClass} h-11 ${type === 'tel' ? 'rtl:text-end' : ''}`}
      />
    </LabelledField>
  )
}

type TypeProps = {
  types: { value: string; name: string }[]
  value: string | boolean
  onChange: (value: string) => void
}

/** Which kind of tax ID it is, where the buyer's country has several. */
export function TaxIdType({ types, value, onChange }: TypeProps) {
  const t = useTranslations('asked.contact')
  const id = useId()
  return (
    <LabelledField id={id} label={t('taxIdType')} optional={false} problem={null}>
      <SelectField
        id={id}
        value={String(value) || types[0]?.value}
        onChange={(event) => onChange(event.target.value)}
      >
        {types.map((type) => (
          <option key={type.value} value={type.value}>
            {type.name}
          </option>
        ))}
      </SelectField>
    </LabelledField>
  )
}
