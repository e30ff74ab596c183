import type { Metadata } from 'next'
import Link from 'next/link'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { requireUser } from '@/lib/accounts/session'
import { deliveryCounts } from '@/lib/events/deliveries'
import { listEndpoints } from '@/lib/events/endpoints'
import { EndpointTable } from './endpoint-table'

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
        <EndpointTable endpoints={items} counts={counts} />
      )}
    </>
  )
}
