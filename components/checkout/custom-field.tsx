'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import type { CustomField as Field } from '@/db/types'
import type { AnswerProblem } from '@/lib/checkout/answer-rules'
import { described, FieldProblem, inputClass, LabelledField, OptionalMark, SelectField } from './field-parts'

type Props = {
  field: Field
  value: string | boolean
  problem: AnswerProblem | null
  onChange: (value: string | boolean) => void
  onLeave: () => void
}

/** One question of the merchant's, in their words. */
export function CustomField(props: Props) {
  const { field, problem } = props
  const id = useId()
  if (field.type === 'checkbox') {
    return (
      <TickBox
        id={id}
        checked={props.value === true}
        required={!field.optional}
        problem={problem}
        onChange={props.onChange}
      >
        <bdi>{field.label}</bdi>
        {field.optional && <OptionalMark />}
      </TickBox>
    )
  }
  return (
    <LabelledField id={id} label={field.label} optional={field.optional} problem={problem}>
      <Control {...props} field={field} id={id} />
    </LabelledField>
  )
}

type ControlProps = Props & { id: string; field: Exclude<Field, { type: 'checkbox' }> }

function Control({ id, field, value, problem, onChange, onLeave }: ControlProps) {
  const t = useTranslations('asked')
  const shared = {
    ...described(id, problem),
    required: !field.optional,
    value: String(value),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    onBlur: onLeave,
  }
  switch (field.type) {
    case 'long_text':
      return <textarea {...shared} dir="auto" rows={4} className={`${inputClass} py-2.5`} />
    case 'dropdown':
      return (
        <SelectField {...shared}>
          <option value="">{t('choose')}</option>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </SelectField>
      )
    case 'date':
      return (
        <input
          {...shared}
          type="date"
          min={field.earliest ?? undefined}
          max={field.latest ?? undefined}
          className={`${inputClass} h-11`}
        />
      )
    default:
      return (
        <input
          {...shared}
          type="text"
          dir="auto"
          inputMode={field.type === 'numeric' ? 'numeric' : undefined}
          className={`${inputClass} h-11`}
        />
      )
  }
}

type TickProps = {
  id: string
  checked: boolean
  required: boolean
  problem: AnswerProblem | null
  onChange: (checked: boolean) => void
  children: React.ReactNode
}

/** A box to tick; box and words together are one target. */
export function TickBox({ id, checked, required, problem, onChange, children }: TickProps) {
  return (
    <div>
      <div className="flex min-h-11 items-start gap-3">
        <input
          {...described(id, problem)}
          type="checkbox"
          required={required}
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          className="mt-3 size-5 shrink-0 accent-brand"
        />
        <label htmlFor={id} className="flex-1 py-2.5 text-[15px] wrap-anywhere">
          {children}
        </label>
      </div>
      <FieldProblem id={id} problem={problem} ticked />
    </div>
  )
}
