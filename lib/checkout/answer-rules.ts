import type { Answers, CustomField } from '@/db/types'
import { westernDigits } from '@/lib/money'
import { storable } from '@/lib/storable'

export type { Answers, CustomField }

/** Why an answer cannot be taken. Counts are characters, dates are ISO. */
export type AnswerProblem =
  | { code: 'required' | 'digits' | 'choice' | 'date' | 'phone' | 'tax_id' }
  | { code: 'too_short' | 'too_long'; count: number }
  | { code: 'too_early' | 'too_late'; date: string }

type Read = { value: string | boolean | null } | { problem: AnswerProblem }

/** Stripe Payment Links, custom fields: 255 characters; our long text may have 5,000. */
export function longestAnswer(field: CustomField): number | undefined {
  switch (field.type) {
    case 'text':
    case 'numeric':
      return field.maximum ?? 255
    case 'long_text':
      return field.maximum ?? 5000
    default:
      return undefined
  }
}

/**
 * Reads the answer to one question as it is kept: trimmed, line breaks only where there may be some, Arabic
 * digits as 0 to 9. The page and the server ask this same function, so that they cannot disagree.
 *
 * @param given whatever was sent; null or undefined for nothing
 * @returns the value, null where an optional question was left open, or the rule it breaks
 */
export function readAnswer(field: CustomField, given: unknown): Read {
  if (field.type === 'checkbox') {
    const value = given === true
    return value || field.optional ? { value } : { problem: { code: 'required' } }
  }
  if (given !== null && given !== undefined && typeof given !== 'string') {
    return { problem: { code: 'required' } }
  }
  const value = written(field, given ?? '')
  if (value === '') return field.optional ? { value: null } : { problem: { code: 'required' } }
  const problem = problemOf(field, value)
  return problem ? { problem } : { value }
}

/** Reads all answers of a form; keys that are no question are passed over. */
export function readAnswers(
  fields: CustomField[],
  given: Record<string, unknown>,
): { answers: Answers; problems: Record<string, AnswerProblem> } {
  const answers: Answers = {}
  const problems: Record<string, AnswerProblem> = {}
  for (const field of fields) {
    const read = readAnswer(field, Object.hasOwn(given, field.key) ? given[field.key] : undefined)
    if ('problem' in read) problems[field.key] = read.problem
    else if (read.value !== null) answers[field.key] = read.value
  }
  return { answers, problems }
}

type Written = Exclude<CustomField, { type: 'checkbox' }>

function written({ type }: Written, given: string): string {
  const text = storable(given).replace(/\r\n?/g, '\n')
  if (type === 'long_text') return text.trim()
  const line = text.replace(/[\t-\r]+/g, ' ').trim()
  return type === 'numeric' ? westernDigits(line).replaceAll(' ', '') : line
}

function problemOf(field: Written, value: string): AnswerProblem | null {
  if (field.type === 'dropdown') {
    return field.options.some((option) => option.value === value) ? null : { code: 'choice' }
  }
  if (field.type === 'date') {
    if (!isDate(value)) return { code: 'date' }
    if (field.earliest !== null && value < field.earliest) return { code: 'too_early', date: field.earliest }
    return field.latest !== null && value > field.latest ? { code: 'too_late', date: field.latest } : null
  }
  if (field.type === 'numeric' && !/^[0-9]+$/.test(value)) return { code: 'digits' }
  if (value.length < (field.minimum ?? 0)) return { code: 'too_short', count: field.minimum ?? 0 }
  const longest = longestAnswer(field) ?? value.length
  return value.length > longest ? { code: 'too_long', count: longest } : null
}

/** A day that exists, as `input type=date` writes it. */
function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const day = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
}
