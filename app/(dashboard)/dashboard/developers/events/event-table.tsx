import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table'
import { Timestamp } from '@/components/ui/timestamp'
import type { SentEvent } from '@/lib/events/events'

export function EventTable({ events }: { events: SentEvent[] }) {
  return (
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
        {events.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </TableBody>
    </Table>
  )
}

function EventRow({ event }: { event: SentEvent }) {
  return (
    <TableRow>
      <Cell>
        <Link
          href={`/dashboard/developers/events/${event.id}`}
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
