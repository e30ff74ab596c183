'use client'

import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from 'react'
import type { FormState } from '@/lib/http/form-state'

const FormContext = createContext<{ state: FormState; pending: boolean }>({
  state: { message: null, errors: {}, values: {} },
  pending: false,
})

/** What the fields of a form know of it: what is wrong, what to fill in again, and whether it is on its way. */
export const useForm = () => useContext(FormContext)

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** What the fields hold at first, by name. */
  values?: Record<string, string>
  className?: string
  children: ReactNode
}

/** A form for a server action. It is sent without JavaScript too; the answer is then a whole page. */
export function ActionForm({ action, values = {}, className, children }: Props) {
  const [state, submit, pending] = useActionState(action, { message: null, errors: {}, values })
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const wrong = state.message !== null || Object.keys(state.errors).length > 0
    if (wrong) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus()
  }, [state])
  return (
    <form ref={form} action={submit} className={className} noValidate>
      {state.message && (
        <p role="alert" tabIndex={-1} className="rounded-base bg-bad/10 px-3 py-2.5 text-sm text-bad">
          {state.message}
        </p>
      )}
      <FormContext value={{ state, pending }}>{children}</FormContext>
    </form>
  )
}
