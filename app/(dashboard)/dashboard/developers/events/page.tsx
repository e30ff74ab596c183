import type { Metadata } from 'next'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { NoMoreRows } from '@/components/ui/no-more-rows'
import { Pager } from '@/components/ui/pager'
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table'
import { Timestamp } from '@/components/ui/timestamp'
import { requireUser } from '@/lib/accounts/session'
import { listEvents, type SentEvent } from '@/lib/events/events'
import { listAddress, listQuery } from '@/lib/http/list-query'

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
      {items.length > 0 && (
        <Table label="Events">
          <TableHead>
            <HeadCell>Event</HeadCell>
            <HeadCell wide className="w-52">
              Delivered
            </HeadCell>
            <HeadCell wide className="w-52">
              Created
            </HeadCell>
          </TableHead>
          <TableBody>
            {items.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </TableBody>
        </Table>
      )}
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

function EventRow({ event }: { event: SentEvent }) {
  return (
    <TableRow>
      <Cell>
        <Link
          href={`${path}/${event.id}`}
          prefetch={false}
          className="font-semibold wrap-anywhere hover:underline"
        >
          {event.type}
        </Link>
        <div className="text-[13px] text-ink-2 wrap-anywhere">{event.id}</div>
        <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 xl:hidden">
          <Delivered event={event} />
          <Timestamp at={event.createdAt} className="text-[13px] text-ink-2" />
        </div>
      </Cell>
      <Cell wide>
        <Delivered event={event} />
      </Cell>
      <Cell wide>
        <Timestamp at={event.createdAt} className="text-ink-2" />
      </Cell>
    </TableRow>
  )
}

function Delivered({ event: { endpoints, delivered, pending } }: { event: SentEvent }) {
  if (endpoints === 0) return <Badge tone="quiet">No endpoint</Badge>
  const words = `${delivered} of ${endpoints}`
  if (delivered === endpoints) return <Badge tone="good">{words}</Badge>
  return <Badge tone={pending > 0 ? 'quiet' : 'bad'}>{words}</Badge>
}
