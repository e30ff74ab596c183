import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { TestModeBar } from '@/components/test-mode-bar'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/submit-button'
import { getMerchant } from '@/lib/accounts/merchant'
import { currentUser } from '@/lib/accounts/session'
import { env } from '@/lib/env'
import { endSession } from './actions'
import { Navigation } from './navigation'
import { SwitchedOff } from './switched-off'

export const metadata: Metadata = { robots: { index: false } }

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await currentUser()
  // The page knows its own address and sends to sign-in with it; there is nothing to frame until then.
  if (!user) return children
  const { name } = await getMerchant()
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr]">
      {env().stripe.livemode ? <div /> : <TestModeBar />}
      <div className="desk:grid desk:grid-cols-[220px_1fr]">
        <div className="border-line border-b bg-tint desk:border-r desk:border-b-0">
          <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 desk:sticky desk:top-0 desk:h-[calc(100dvh-2rem)] desk:flex-col desk:flex-nowrap desk:items-stretch desk:px-3 desk:py-4">
            <p className="flex min-w-0 flex-1 items-center gap-2.5 font-semibold desk:flex-none desk:px-2.5 desk:pt-1.5 desk:pb-4">
              <span
                aria-hidden
                className="grid size-6 shrink-0 place-items-center rounded-md bg-brand text-[13px] text-on-brand"
              >
                {name.slice(0, 1).toUpperCase()}
              </span>
              <span className="truncate desk:whitespace-normal">{name}</span>
            </p>
            <Navigation />
            <div className="text-[13px] text-ink-2 desk:mt-auto desk:px-2.5">
              <p className="hidden truncate desk:block" title={user.email}>
                {user.email}
              </p>
              <ActionForm action={endSession}>
                <SubmitButton className="h-11 rounded-md px-2.5 hover:text-ink hover:underline desk:h-8 desk:px-0">
                  Sign out
                </SubmitButton>
              </ActionForm>
            </div>
          </header>
        </div>
        <main className="min-w-0 max-w-6xl px-4 py-6 desk:px-8 desk:py-7">
          <SwitchedOff />
          {children}
        </main>
      </div>
    </div>
  )
}
