import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { ActionForm } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { SubmitButton } from '@/components/ui/submit-button'
import { currentUser } from '@/lib/accounts/session'
import { ownerExists } from '@/lib/accounts/setup'
import { returnPath } from '@/lib/http/return-path'
import { login } from './actions'

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } }

const query = z.object({ next: z.string().optional().catch(undefined) })

export default async function LoginPage({ searchParams }: { searchParams: Promise<object> }) {
  const next = returnPath(query.parse(await searchParams).next)
  if (await currentUser()) redirect(next as Route)
  if (!(await ownerExists())) return <NobodyYet />
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">Sign in</h1>
      <ActionForm action={login} className="mt-6 grid gap-5">
        <input type="hidden" name="next" value={next} />
        <Field name="email" label="E-mail" type="email" autoComplete="username" />
        <Field name="password" label="Password" type="password" autoComplete="current-password" />
        <SubmitButton className={buttonClass('primary', 'w-full')}>Sign in</SubmitButton>
      </ActionForm>
    </>
  )
}

function NobodyYet() {
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">Not set up yet</h1>
      <p className="mt-2 text-ink-2">
        This site has no owner so far. Open the set-up address that the server printed when it started.
      </p>
    </>
  )
}
