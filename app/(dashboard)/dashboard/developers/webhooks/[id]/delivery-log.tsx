import Link from 'next/link'
import { ActionForm } from '@/components/ui/action-form'
import { Badge, type Tone } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button'
import { SubmitButton } from '@/components/ui/submit-button'
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table'
import { Timestamp } from '@/components/ui/timestamp'
import type { DeliverySummary } from '@/lib/events/deliveries'
import { resendOne } from '../actions'

const states: Record<DeliverySummary['status'], { tone: Tone; label: string }> = {
  delivered: { tone: 'good', label: 'Delivered' },
  pending: { tone: 'quiet', label: 'Waiting' },
  failed: { tone: 'bad', label: 'Given up' },
  skipped: { tone: 'warning', label: 'Skipped' },
}

export function DeliveryLog({
  deliveries,
  resendable,
}: {
  deliveries: DeliverySummary[]
  resendable: boolean
}) {
  return (
    <Table label="Deliveries">
      <TableHead>
        <HeadCell>Event</HeadCell>
        <HeadCell wide className="w-30">
          State
        </HeadCell>
        <HeadCell wide className="w-64">
          Last answer
        </HeadCell>
        <HeadCell wide className="w-52">
          Created
        </HeadCell>
        <HeadCell className="xl:w-36">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} resendable={resendable} />
        ))}
      </TableBody>
    </Table>
  )
}

function DeliveryRow({ delivery, resendable }: { delivery: DeliverySummary; resendable: boolean }) {
  const { tone, label } = states[delivery.status]
  return (
    <TableRow>
      <Cell>
        <Link
          href={`/dashboard/developers/events/${delivery.eventId}`}
          prefetch={false}
          className="font-semibold wrap-anywhere hover:underline"
        >
          {delivery.eventType}
        </Link>
        <div className="text-[13px] text-ink-2 wrap-anywhere">{delivery.eventId}</div>
        <div className="mt-1 grid justify-items-start gap-1 xl:hidden">
          <Badge tone={tone}>{label}</Badge>
          <Answer delivery={delivery} />
          <Timestamp at={delivery.createdAt} className="text-[13px] text-ink-2" />
        </div>
      </Cell>
      <Cell wide>
        <Badge tone={tone}>{label}</Badge>
      </Cell>
      <Cell wide>
        <Answer delivery={delivery} />
      </Cell>
      <Cell wide>
        <Timestamp at={delivery.createdAt} className="text-ink-2" />
      </Cell>
      <Cell align="right">
        {resendable && (
          <ActionForm action={resendOne}>
            <input type="hidden" name="id" value={delivery.endpointId} />
            <input type="hidden" name="event" value={delivery.eventId} />
            <SubmitButton className={buttonClass('small')}>Send again</SubmitButton>
          </ActionForm>
        )}
      </Cell>
    </TableRow>
  )
}

/** What came back at the last try; the start of the body on demand. */
export function Answer({ delivery }: { delivery: DeliverySummary }) {
  const { attempts, lastStatusCode, lastError, lastMs, responseExcerpt, status, nextAttemptAt } = delivery
  const tries = attempts === 1 ? '1 try' : `${attempts} tries`
  const words =
    lastError ?? (lastStatusCode === null ? 'Not sent yet.' : `Answered ${lastStatusCode} in ${lastMs} ms.`)
  return (
    <div className="py-1 text-[13px]">
      <div>
        {words} <span className="text-ink-2">{attempts > 0 && tries}</span>
      </div>
      {status === 'pending' && attempts > 0 && (
        <div className="text-ink-2">
          Next try <Timestamp at={nextAttemptAt} />
        </div>
      )}
      {responseExcerpt !== null && (
        <details>
          <summary className="min-h-6 cursor-pointer text-ink-2">Body</summary>
          <pre className="mt-1 max-h-60 overflow-auto rounded-md bg-tint p-2 text-xs whitespace-pre-wrap wrap-anywhere">
            {responseExcerpt}
          </pre>
        </details>
      )}
    </div>
  )
}
