import type { ReactNode } from 'react'

/** Small text on a tint of its own colour: a little ink keeps it above 4.5:1, on a hovered row too. */
const tones = {
  good: 'bg-ok/12 text-[color-mix(in_srgb,var(--ok)_80%,var(--ink))]',
  warning: 'bg-warn/15 text-[color-mix(in_srgb,var(--warn)_80%,var(--ink))]',
  bad: 'bg-bad/12 text-[color-mix(in_srgb,var(--bad)_80%,var(--ink))]',
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
