import type { Route } from 'next'
import Link from 'next/link'
import { buttonClass } from './button'

type Props = { path: Route; next: string | null; previous: string | null }

/** The way to newer and older rows; nothing where one page holds them all. */
export function Pager({ path, next, previous }: Props) {
  if (next === null && previous === null) return null
  return (
    <nav aria-label="Pages" className="mt-4 flex gap-2">
      {previous !== null && <Step href={`${path}?before=${encodeURIComponent(previous)}`}>Newer</Step>}
      {next !== null && <Step href={`${path}?after=${encodeURIComponent(next)}`}>Older</Step>}
    </nav>
  )
}

function Step({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href as Route} prefetch={false} className={buttonClass('secondary', 'text-sm')}>
      {children}
    </Link>
  )
}
