import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Badge } from '@/components/ui/badge'
import { Section } from '@/components/ui/section'
import { Timestamp } from '@/components/ui/timestamp'
import { requireUser } from '@/lib/accounts/session'
import { AppError } from '@/lib/errors'
import { deliveriesOf } from '@/lib/events/deliveries'
import { findEvent } from '@/lib/events/events'
import { eventResource } from '@/lib/events/resource'

export const metadata: Metadata = { title: 'Event' }

export default async function EventPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  await requireUser(`/dashboard/developers/events/${encodeURIComponent(id)}`)
  const event = await findEvent(id).catch((error) => {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  })
  const deliveries = await deliveriesOf(id)
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere">{event.type}</h1>
      <p className="mt-1 text-sm text-ink-2 wrap-anywhere">
        {event.id} · <Timestamp at={event.createdAt} />
      </p>
      <Section title="Sent to">
        {deliveries.length === 0 && <p className="text-ink-2">No endpoint wanted this event.</p>}
        <ul className="grid gap-2">
          {deliveries.map((delivery) => (
            <li key={delivery.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
              <Link
                href={`/dashboard/developers/webhooks/${delivery.endpointId}`}
                prefetch={false}
                className="font-medium wrap-anywhere hover:underline"
              >
                {delivery.url}
              </Link>
              <Badge tone={delivery.status === 'delivered' ? 'good' : 'quiet'}>{delivery.status}</Badge>
              <span className="text-ink-2">{delivery.lastError}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Content">
        <pre className="max-h-[40rem] overflow-auto rounded-xl border border-line bg-tint p-4 text-[13px] whitespace-pre-wrap wrap-anywhere">
          {JSON.stringify(eventResource(event), null, 2)}
        </pre>
      </Section>
    </>
  )
}
