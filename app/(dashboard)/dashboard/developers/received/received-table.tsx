import { ActionForm } from '@/components/ui/action-form'
import { Badge, type Tone } from '@/components/ui/badge'
import { SubmitButton } from '@/components/ui/submit-button'
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table'
import { Timestamp } from '@/components/ui/timestamp'
import type { EventState, ReceivedSummary } from '@/lib/checkout/dead-events'
import { retryOne } from './actions'

const states: Record<EventState, { tone: Tone; label: string }> = {
  done: { tone: 'good', label: 'Done' },
  ignored: { tone: 'quiet', label: 'Kept' },
  pending: { tone: 'warning', label: 'Waiting' },
  dead: { tone: 'bad', label: 'Given up on' },
}

export function ReceivedTable({ events }: { events: ReceivedSummary[] }) {
  return (
    <Table label="Events received">
      <TableHead>
        <HeadCell>Event</HeadCell>
        <HeadCell className="w-36">State</HeadCell>
        <HeadCell wide className="w-90">
          Why
        </HeadCell>
        <HeadCell wide className="w-47">
          Received
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

function EventRow({ event }: { event: ReceivedSummary }) {
  const { tone, label } = states[event.state]
  const why = [event.reason, event.attempts > 1 && `${event.attempts} tries`].filter(Boolean).join(' · ')
  return (
    <TableRow>
      <Cell>
        <div className="font-medium wrap-anywhere">{event.type}</div>
        <div className="text-[13px] text-ink-2 wrap-anywhere xl:truncate" title={event.id}>
          {event.object_id ?? event.id}
        </div>
        <div className="mt-1 grid gap-0.5 text-[13px] text-ink-2 wrap-anywhere xl:hidden">
          {why && <span>{why}</span>}
          <Timestamp at={event.received_at} />
        </div>
      </Cell>
      <Cell>
        <Badge tone={tone}>{label}</Badge>
        {event.state === 'dead' && (
          <ActionForm action={retryOne}>
            <input type="hidden" name="event" value={event.id} />
            <SubmitButton className="h-11 text-[13px] font-medium underline underline-offset-2 xl:h-7">
              Retry
            </SubmitButton>
          </ActionForm>
        )}
      </Cell>
      <Cell wide>
        <span className="text-[13px] text-ink-2 wrap-anywhere">{why}</span>
      </Cell>
      <Cell wide>
        <Timestamp at={event.received_at} className="text-[13px] whitespace-nowrap text-ink-2" />
      </Cell>
    </TableRow>
  )
}
