import type { Metadata } from 'next'
import Link from 'next/link'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { NoMoreRows } from '@/components/ui/no-more-rows'
import { Pager } from '@/components/ui/pager'
import { requireUser } from '@/lib/accounts/session'
import { listAddress, listQuery } from '@/lib/http/list-query'
import { listOrders } from '@/lib/orders/orders'
import { OrderTable } from './order-table'

export const metadata: Metadata = { title: 'Orders' }

const path = '/dashboard/orders'

export default async function OrdersPage({ searchParams }: { searchParams: Promise<object> }) {
  const request = listQuery(await searchParams)
  await requireUser(listAddress(path, request))
  const { items, next, previous } = await listOrders(request)
  const onFirstPage = request.after === undefined && request.before === undefined
  return (
    <>
      <h1 className="mb-5 text-2xl font-semibold tracking-tight">Orders</h1>
      {items.length > 0 && <OrderTable orders={items} />}
      {items.length === 0 && !onFirstPage && <NoMoreRows path={path} />}
      {items.length === 0 && onFirstPage && (
        <EmptyState title="No orders yet">
          <p>
            An order appears here as soon as somebody has paid, with the campaign that brought them. Open one
            of your links and pay it yourself to see the first.
          </p>
          <Link href="/dashboard/links" className={buttonClass('primary')}>
            See your links
          </Link>
        </EmptyState>
      )}
      <Pager path={path} next={next} previous={previous} />
    </>
  )
}
