'use client'

import { useLocale, useTranslations } from 'next-intl'
import type { ComponentProps, ReactNode } from 'react'
import type { AnswerProblem } from '@/lib/checkout/answer-rules'
import { dateLocale } from './date-locale'

/** The look of everything that is typed into, at the height and radius of Stripe's fields. */
export const inputClass =
  'w-full rounded-base border border-control-line bg-card px-3 text-ink aria-invalid:border-bad'

/** What ties a control to what is said about it. */
export function described(id: string, problem: AnswerProblem | null) {
  return {
    id,
    'aria-invalid': problem !== null,
    'aria-describedby': problem ? `${id}-problem` : undefined,
  }
}

type Props = {
  id: string
  label: string
  optional: boolean
  problem: AnswerProblem | null
  children: ReactNode
}

/** A label above, the control, and what is wrong with it below. */
export function LabelledField({ id, label, optional, problem, children }: Props) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium wrap-anywhere">
        <bdi>{label}</bdi>
        {optional && <OptionalMark />}
      </label>
      {children}
      <FieldProblem id={id} problem={problem} />
    </div>
  )
}

/** A list to choose from, with the arrow that Stripe's lists have. */
export function SelectField({ children, ...props }: ComponentProps<'select'>) {
  return (
    <span className="relative grid">
      <select {...props} className={`${inputClass} h-11 appearance-none pe-9`}>
        {children}
      </select>
      <svg
        aria-hidden="true"
        viewBox="0 0 16 16"
        className="pointer-events-none absolute end-3 top-3.5 size-4 fill-none stroke-ink-2 stroke-[1.5]"
      >
        <path d="m3 6 5 5 5-5" />
      </svg>
    </span>
  )
}

/** Most is required, so what is not says so. */
export function OptionalMark() {
  const t = useTranslations('asked')
  return <span className="font-normal text-ink-2"> {t('optional')}</span>
}

/** @param ticked whether it is about a box that has to be ticked */
export function FieldProblem({
  id,
  problem,
  ticked = false,
}: {
  id: string
  problem: AnswerProblem | null
  ticked?: boolean
}) {
  const t = useTranslations('asked.problem')
  const locale = useLocale()
  if (!problem) return null
  const day = (date: string) =>
    new Intl.DateTimeFormat(dateLocale(locale), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date))
  const words = () => {
    switch (problem.code) {
      case 'required':
        return ticked ? t('tick') : t('required')
      case 'too_short':
        return t('tooShort', { count: problem.count })
      case 'too_long':
        return t('tooLong', { count: problem.count })
      case 'too_early':
        return t('tooEarly', { date: day(problem.date) })
      case 'too_late':
        return t('tooLate', { date: day(problem.date) })
      default:
        return t(problem.code)
    }
  }
  return (
    <p id={`${id}-problem`} className="text-sm text-bad">
      {words()}
    </p>
  )
}
