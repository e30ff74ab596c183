import type { Metadata } from 'next'
import Link from 'next/link'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table'
import { requireUser } from '@/lib/accounts/session'
import { deliveryCounts } from '@/lib/events/deliveries'
import { listEndpoints } from '@/lib/events/endpoints'
import { EndpointState } from './endpoint-state'

export const metadata: Metadata = { title: 'Webhooks' }

const path = '/dashboard/developers/webhooks'

export default async function WebhooksPage() {
  await requireUser(path)
  const [{ items }, counts] = await Promise.all([listEndpoints({ limit: 100 }), deliveryCounts()])
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-2xl font-semibold tracking-tight">Webhooks</h1>
        {items.length > 0 && (
          <Link href={`${path}/new`} className={buttonClass('primary', 'text-sm')}>
            Add endpoint
          </Link>
        )}
      </div>
      {items.length === 0 ? (
        <EmptyState title="No webhook endpoints yet">
          <p>
            An endpoint is an address of yours that is told what happens here: a sale, a refund, a changed
            link. Every message is signed, and sent again until it has arrived.
          </p>
          <Link href={`${path}/new`} className={buttonClass('primary', 'text-sm')}>
            Add endpoint
          </Link>
        </EmptyState>
      ) : (
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
            {items.map((endpoint) => {
              const { pending = 0, failed = 0 } = counts.get(endpoint.id) ?? {}
              const events = endpoint.enabledEvents.includes('*')
                ? 'All events'
                : endpoint.enabledEvents.join(', ')
              return (
                <TableRow key={endpoint.id}>
                  <Cell>
                    <Link
                      href={`${path}/${endpoint.id}`}
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
            })}
          </TableBody>
        </Table>
      )}
    </>
  )
}
