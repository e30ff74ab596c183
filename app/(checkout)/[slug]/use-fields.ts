'use client'

import { useEffect, useRef, useState } from 'react'
import type { AnswerProblem, Answers } from '@/lib/checkout/answer-rules'
import { keepDraft, readDraft } from './draft'
import { focusFirstProblem } from './first-problem'

export type Problems = Record<string, AnswerProblem>

/** What a control needs to show its part of the form. */
export type Bound = {
  value: string | boolean
  problem: AnswerProblem | null
  onChange: (value: string | boolean) => void
  onLeave: () => void
}

/**
 * Fields of our own with what was typed into them, also before a reload.
 * @param known what stands in a field until somebody types
 * @param judge the rule a value breaks, or null
 */
export function useFields(
  slug: string,
  known: Answers,
  judge: (key: string, value: string | boolean) => AnswerProblem | null,
) {
  const [typed, setTyped] = useState<Answers>(() => readDraft(slug))
  const [problems, setProblems] = useState<Problems>({})
  const [focuses, setFocuses] = useState(0)
  const values: Answers = { ...known, ...typed }
  const latest = useRef(values)
  useEffect(() => {
    latest.current = values
  })
  useEffect(() => {
    if (focuses > 0) focusFirstProblem()
  }, [focuses])

  function look(key: string, value: string | boolean): void {
    const problem = judge(key, value)
    setProblems(({ [key]: _, ...others }) => (problem ? { ...others, [key]: problem } : others))
  }

  function mark(key: string, problem: AnswerProblem): void {
    setProblems((before) => ({ ...before, [key]: problem }))
  }

  return {
    values,
    bind: (key: string): Bound => ({
      value: values[key] ?? '',
      problem: problems[key] ?? null,
      onChange: (value) => {
        setTyped((before) => ({ ...before, [key]: value }))
        keepDraft(slug, { [key]: value })
        // While it is being put right the reproach goes as soon as it can.
        if (problems[key]) look(key, value)
      },
      // Who only passes through a field is not told that it is empty. What appears waits for the press that may have
      // taken the focus: it must not push the button away from under it.
      onLeave: () => {
        setTimeout(() => {
          const value = latest.current[key]
          const problem = value ? judge(key, value) : null
          if (problem) mark(key, problem)
        }, 300)
      },
    }),
    /** Says what is wrong with one field, and leaves the focus where it is. */
    mark,
    /** Says what is wrong beside the fields, and leads to the first. @returns whether nothing is */
    show: (found: Problems): boolean => {
      setProblems(found)
      const isWell = Object.keys(found).length === 0
      if (!isWell) setFocuses((count) => count + 1)
      return isWell
    },
  }
}
