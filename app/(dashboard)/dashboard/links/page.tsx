import type { Metadata } from 'next'
import { EmptyState } from '@/components/ui/empty-state'
import { NoMoreRows } from '@/components/ui/no-more-rows'
import { Pager } from '@/components/ui/pager'
import { requireUser } from '@/lib/accounts/session'
import { env } from '@/lib/env'
import { listAddress, listQuery } from '@/lib/http/list-query'
import { listLinks } from '@/lib/links/links'
import { LinkTable } from './link-table'

export const metadata: Metadata = { title: 'Payment links' }

const path = '/dashboard/links'

export default async function LinksPage({ searchParams }: { searchParams: Promise<object> }) {
  const request = listQuery(await searchParams)
  await requireUser(listAddress(path, request))
  const { items, next, previous } = await listLinks(request)
  const onFirstPage = request.after === undefined && request.before === undefined
  return (
    <>
      <h1 className="mb-5 text-2xl font-semibold tracking-tight">Payment links</h1>
      {items.length > 0 && <LinkTable links={items} />}
      {items.length === 0 && !onFirstPage && <NoMoreRows path={path} />}
      {items.length === 0 && onFirstPage && (
        <EmptyState title="No payment links yet">
          <p>
            A payment link is a page of your own that sells one thing: share its address, and whoever opens it
            can pay.
          </p>
          {env().stripe.apiBase !== null && <Examples />}
        </EmptyState>
      )}
      <Pager path={path} next={next} previous={previous} />
    </>
  )
}

/** The demo is for the sandbox, and a trial that runs holds its database. */
function Examples() {
  return (
    <>
      <p>To try it with a few examples, stop the server, run this, and start it again:</p>
      <code className="rounded-md bg-tint px-3 py-2 text-sm text-ink">npm run db:seed</code>
    </>
  )
}
