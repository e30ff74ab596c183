'use client'

import type { ReactNode } from 'react'
import { useForm } from './action-form'

/** Sends the `ActionForm` around it, once at a time. */
export function SubmitButton({ className, children }: { className: string; children: ReactNode }) {
  const { pending } = useForm()
  return (
    <button type="submit" className={className} disabled={pending} aria-busy={pending || undefined}>
      {children}
    </button>
  )
}
