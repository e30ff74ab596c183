import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { ActionForm } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { NoMoreRows } from '@/components/ui/no-more-rows'
import { Pager } from '@/components/ui/pager'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireUser } from '@/lib/accounts/session'
import { listReceived } from '@/lib/checkout/dead-events'
import { listAddress, listQuery } from '@/lib/http/list-query'
import { retryAll } from './actions'
import { ReceivedTable } from './received-table'

export const metadata: Metadata = { title: 'Events received' }

const path = '/dashboard/developers/received'
const filter = z.object({ state: z.literal('dead').optional().catch(undefined) })

export default async function ReceivedPage({ searchParams }: { searchParams: Promise<object> }) {
  const query = await searchParams
  const request = listQuery(query)
  const { state } = filter.parse(query)
  await requireUser(state ? `${path}?state=dead` : listAddress(path, request))
  const { items, next, previous } = await listReceived(request, state)
  const onFirstPage = request.after === undefined && request.before === undefined
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="flex-1 text-2xl font-semibold tracking-tight">Events received</h1>
        <Link
          href={state ? path : `${path}?state=dead`}
          prefetch={false}
          className="text-sm underline underline-offset-2"
        >
          {state ? 'Show all' : 'Show those given up on'}
        </Link>
        {state && items.length > 0 && (
          <ActionForm action={retryAll}>
            <SubmitButton className={buttonClass('secondary', 'text-sm')}>Retry all</SubmitButton>
          </ActionForm>
        )}
      </div>
      {items.length > 0 && <ReceivedTable events={items} />}
      {items.length === 0 && !onFirstPage && <NoMoreRows path={path} />}
      {items.length === 0 && onFirstPage && (
        <EmptyState title={state ? 'Nothing was given up on' : 'Nothing received yet'}>
          <p>
            {state
              ? 'An event that keeps failing for about twenty hours stays here until somebody retries it.'
              : 'What Stripe sends to this site appears here, with what became of it.'}
          </p>
        </EmptyState>
      )}
      {!state && <Pager path={path} next={next} previous={previous} />}
    </>
  )
}
