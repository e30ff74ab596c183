import type { Metadata } from 'next'
import { z } from 'zod'
import { ActionForm } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { SubmitButton } from '@/components/ui/submit-button'
import { getMerchant } from '@/lib/accounts/merchant'
import { passwordLength } from '@/lib/accounts/schema'
import { setupState } from '@/lib/accounts/setup'
import { setUp } from './actions'
import { Closed, SignInLink } from './closed'

export const metadata: Metadata = { title: 'Set up', robots: { index: false } }

const query = z.object({ token: z.string().catch('') })

export default async function SetupPage({ searchParams }: { searchParams: Promise<object> }) {
  const { token } = query.parse(await searchParams)
  const state = await setupState(token)
  if (state === 'done') {
    return (
      <Closed title="Set up already" action={<SignInLink />}>
        This site has an owner. A set-up address works once.
      </Closed>
    )
  }
  if (state === 'wrong') {
    return (
      <Closed title="This set-up address is not valid">
        Each start of the server prints a new one and ends the one before. Open the newest.
      </Closed>
    )
  }
  const { name } = await getMerchant()
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">Set up your site</h1>
      <p className="mt-2 text-ink-2">You become its owner. This page works once.</p>
      <ActionForm action={setUp} values={{ business: name }} className="mt-6 grid gap-5">
        <input type="hidden" name="token" value={token} />
        <Field
          name="business"
          label="Name of the business"
          autoComplete="organization"
          hint="Buyers see it above every offer."
        />
        <Field name="email" label="Your e-mail" type="email" autoComplete="username" />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="new-password"
          hint={`At least ${passwordLength.minimum} characters.`}
        />
        <SubmitButton className={buttonClass('primary', 'w-full')}>Create the owner</SubmitButton>
      </ActionForm>
    </>
  )
}
