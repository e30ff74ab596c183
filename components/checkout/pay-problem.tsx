'use client'

import { useEffect, useRef } from 'react'

export type Problem = { title: string; message: string }

/** Why the payment did not go through, beside the button; takes the focus so that nobody misses it. */
export function PayProblem({ problem }: { problem: Problem | null }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) box.current?.focus()
  }, [problem])
  return (
    <div role="alert" ref={box} tabIndex={-1} className="scroll-mt-20 rounded-base empty:hidden">
      {problem && (
        <div className="flex gap-3 rounded-base border border-bad/40 bg-bad/8 p-3.5 text-[15px]">
          <svg aria-hidden="true" viewBox="0 0 16 16" className="mt-1 size-4 shrink-0 fill-bad">
            <path d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm-.9 3.200v5h1.800v-5H7.100Zm0 6.300v1.700h1.800v-1.700H7.100Z" />
          </svg>
          <div>
            <p className="font-semibold">{problem.title}</p>
            <p className="text-ink-2">{problem.message}</p>
          </div>
        </div>
      )}
    </div>
  )
}
