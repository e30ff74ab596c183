import type { Metadata } from 'next'
import { EmptyState } from '@/components/ui/empty-state'
import { NoMoreRows } from '@/components/ui/no-more-rows'
import { Pager } from '@/components/ui/pager'
import { requireUser } from '@/lib/accounts/session'
import { listEvents } from '@/lib/events/events'
import { listAddress, listQuery } from '@/lib/http/list-query'
import { EventTable } from './event-table'

export const metadata: Metadata = { title: 'Events sent' }

const path = '/dashboard/developers/events'

export default async function EventsPage({ searchParams }: { searchParams: Promise<object> }) {
  const request = listQuery(await searchParams)
  await requireUser(listAddress(path, request))
  const { items, next, previous } = await listEvents(request)
  const onFirstPage = request.after === undefined && request.before === undefined
  return (
    <>
      <h1 className="mb-5 text-2xl font-semibold tracking-tight">Events sent</h1>
      {items.length > 0 && <EventTable events={items} />}
      {items.length === 0 && !onFirstPage && <NoMoreRows path={path} />}
      {items.length === 0 && onFirstPage && (
        <EmptyState title="No events yet">
          <p>Whatever happens here, a sale or a changed link, is kept as an event for 90 days.</p>
        </EmptyState>
      )}
      <Pager path={path} next={next} previous={previous} />
    </>
  )
}
