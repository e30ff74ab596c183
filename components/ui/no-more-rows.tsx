import type { Route } from 'next'
import Link from 'next/link'
import { buttonClass } from './button'
import { EmptyState } from './empty-state'

/** A page past the end of a list, or one whose address was cut short. */
export function NoMoreRows({ path }: { path: Route }) {
  return (
    <EmptyState title="Nothing on this page">
      <Link href={path} className={buttonClass('secondary')}>
        Show the newest
      </Link>
    </EmptyState>
  )
}
