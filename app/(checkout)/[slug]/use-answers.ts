'use client'

import { useMemo } from 'react'
import type { Checkout } from '@/components/checkout/checkout-root'
import { type Answers, type CustomField, readAnswer, readAnswers } from '@/lib/checkout/answer-rules'
import type { Asked } from '@/lib/links/asked'
import { type AnswersReply, saveAnswers } from './answer-action'
import type { HoldRefusal } from './hold-call'
import { promotionsKey, questionsOf, termsKey } from './questions'
import { type Bound, useFields } from './use-fields'

/** What the merchant asks and the buyer has answered so far. */
export type AnswerForm = {
  bind: (key: string) => Bound
  /** Whether everything is answered well; if not, it is said beside the fields, and the first has the focus. */
  check: () => boolean
  /** Has the server check and keep it, too. Null when the payment may go on. */
  save: (checkout: Checkout) => Promise<'wrong' | HoldRefusal | null>
}

/** @param saved what the server has from an earlier attempt, in this tab or in another */
export function useAnswers(asked: Asked, slug: string, saved: Answers): AnswerForm {
  const questions = useMemo(() => questionsOf(asked), [asked])
  // Who has answered before and left a field empty does not find its suggestion there again.
  const isNew = Object.keys(saved).length === 0
  const blanks = Object.fromEntries(questions.map((question) => [question.key, blank(question, isNew)]))
  const { values, bind, show } = useFields(slug, { ...blanks, ...saved }, (key, value) => {
    const question = questions.find((one) => one.key === key)
    const read = question && readAnswer(question, value)
    return read && 'problem' in read ? read.problem : null
  })
  return {
    bind,
    check: () => show(readAnswers(questions, values).problems),
    save: async (checkout) => {
      if (questions.length === 0 && asked.tax_id !== 'required') return null
      const reply = await send(checkout, asked, values)
      if (reply.kind === 'saved') return null
      // The page asks for it itself: it no longer shows what Stripe knows.
      if (reply.kind === 'no_tax_id') return { kind: 'unknown' }
      if (reply.kind !== 'wrong') return reply
      if (reply.terms === 'changed') return { kind: 'unknown' }
      show({
        ...reply.problems,
        ...(asked.terms && reply.terms && { [termsKey(asked.terms)]: { code: 'required' as const } }),
      })
      return 'wrong'
    },
  }
}

function blank({ type, default_value: suggestion }: CustomField, isNew: boolean): string | boolean {
  if (type === 'checkbox') return isNew && suggestion
  return (isNew && suggestion) || ''
}

async function send(checkout: Checkout, asked: Asked, values: Answers): Promise<AnswersReply> {
  let reply: AnswersReply = { kind: 'unavailable' }
  const { answers } = readAnswers(asked.custom_fields, values)
  const isAccepted = asked.terms !== null && values[termsKey(asked.terms)] === true
  // Stripe's page state must hear that its session was changed from the server.
  await checkout
    .runServerUpdate(async () => {
      reply = await saveAnswers({
        session: checkout.id,
        answers,
        terms: isAccepted ? (asked.terms?.version ?? null) : null,
        promotions: values[promotionsKey] === true,
      })
    })
    .catch(() => null)
  return reply
}
