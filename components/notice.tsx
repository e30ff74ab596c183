import type { ReactNode } from 'react'

/** A whole page that says one thing: a title, a sentence, and one way on. */
export function Notice({
  title,
  children,
  above,
  action,
}: {
  title: string
  children: ReactNode
  /** Who is speaking, above the title. */
  above?: ReactNode
  action?: ReactNode
}) {
  return (
    <main className="grid min-h-dvh place-items-center bg-tint px-5 py-10 in-[.accent]:min-h-0 in-[.accent]:flex-1">
      <div className="w-full max-w-md rounded-2xl border border-line bg-card p-7 shadow-card">
        {above && <div className="mb-5">{above}</div>}
        <h1 className="text-2xl leading-tight font-semibold tracking-tight text-balance">{title}</h1>
        <div className="mt-2 text-ink-2 wrap-anywhere">{children}</div>
        {action && <div className="mt-6">{action}</div>}
      </div>
    </main>
  )
}
