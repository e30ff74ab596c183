import Link from 'next/link'
import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui/button'

export function SignInLink() {
  return (
    <Link href="/login" className={buttonClass('primary', 'mt-6 w-full')}>
      Sign in
    </Link>
  )
}

/** Why there is no form. */
export function Closed({
  title,
  action,
  children,
}: {
  title: string
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <>
      <h1 className="text-2xl leading-tight font-semibold tracking-tight text-balance">{title}</h1>
      <p className="mt-2 text-ink-2">{children}</p>
      {action}
    </>
  )
}
