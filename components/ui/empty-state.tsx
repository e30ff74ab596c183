import type { ReactNode } from 'react'

/** A list without rows: what will stand here, and the first step. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="rounded-xl border border-dashed border-control-line/60 px-6 py-14 text-center">
      <h2 className="text-lg font-semibold">{title}</h2>
      <div className="mx-auto mt-2 grid max-w-md justify-items-center gap-5 text-ink-2">{children}</div>
    </div>
  )
}
