import type { ReactNode } from 'react'

const tones = {
  good: 'bg-ok/12 text-ok',
  warning: 'bg-warn/15 text-warn',
  bad: 'bg-bad/12 text-bad',
  quiet: 'bg-ink/8 text-ink-2',
}

export type Tone = keyof typeof tones

/** A state in a word. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-block rounded-md px-2 py-0.5 text-xs font-semibold whitespace-nowrap ${tones[tone]}`}
    >
      {children}
    </span>
  )
}
