import Link from 'next/link'
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table'
import type { deliveryCounts } from '@/lib/events/deliveries'
import type { Endpoint } from '@/lib/events/endpoints'
import { EndpointState } from './endpoint-state'

type Counts = Awaited<ReturnType<typeof deliveryCounts>>

export function EndpointTable({ endpoints, counts }: { endpoints: Endpoint[]; counts: Counts }) {
  return (
    <Table label="Webhook endpoints">
      <TableHead>
        <HeadCell>Address</HeadCell>
        <HeadCell wide className="w-44">
          State
        </HeadCell>
        <HeadCell wide align="right" className="w-28">
          Waiting
        </HeadCell>
        <HeadCell wide align="right" className="w-28">
          Missed
        </HeadCell>
      </TableHead>
      <TableBody>
        {endpoints.map((endpoint) => (
          <EndpointRow key={endpoint.id} endpoint={endpoint} {...counts.get(endpoint.id)} />
        ))}
      </TableBody>
    </Table>
  )
}

type Row = { endpoint: Endpoint; pending?: number; failed?: number }

function EndpointRow({ endpoint, pending = 0, failed = 0 }: Row) {
  const events = endpoint.enabledEvents.includes('*') ? 'All events' : endpoint.enabledEvents.join(', ')
  return (
    <TableRow>
      <Cell>
        <Link
          href={`/dashboard/developers/webhooks/${endpoint.id}`}
          prefetch={false}
          className="font-semibold wrap-anywhere hover:underline"
        >
          {endpoint.url}
        </Link>
        <div className="text-[13px] text-ink-2 wrap-anywhere">
          {[endpoint.description, events].filter(Boolean).join(' · ')}
        </div>
        <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-ink-2 xl:hidden">
          <EndpointState endpoint={endpoint} />
          <span>{pending} waiting</span>
          <span>{failed} missed</span>
        </div>
      </Cell>
      <Cell wide>
        <EndpointState endpoint={endpoint} />
      </Cell>
      <Cell wide align="right">
        {pending}
      </Cell>
      <Cell wide align="right">
        {failed}
      </Cell>
    </TableRow>
  )
}
