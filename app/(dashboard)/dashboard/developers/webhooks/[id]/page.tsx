import type { Metadata, Route } from 'next'
import { notFound } from 'next/navigation'
import { NoMoreRows } from '@/components/ui/no-more-rows'
import { Pager } from '@/components/ui/pager'
import { Section } from '@/components/ui/section'
import { requireUser } from '@/lib/accounts/session'
import { AppError } from '@/lib/errors'
import { listDeliveries } from '@/lib/events/deliveries'
import { findEndpoint } from '@/lib/events/endpoints'
import { listAddress, listQuery } from '@/lib/http/list-query'
import { EndpointState } from '../endpoint-state'
import { DeliveryLog } from './delivery-log'
import { EndpointForms } from './endpoint-forms'
import { Outcome } from './outcome'
import { ResendForm } from './resend-form'
import { SigningSecret } from './signing-secret'

export const metadata: Metadata = { title: 'Webhook endpoint' }

type Props = PageProps<'/dashboard/developers/webhooks/[id]'>

export default async function EndpointPage({ params, searchParams }: Props) {
  const { id } = await params
  const query = await searchParams
  const request = listQuery(query)
  const path = `/dashboard/developers/webhooks/${encodeURIComponent(id)}` as Route
  await requireUser(listAddress(path, request))
  const endpoint = await findEndpoint(id).catch((error) => {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  })
  const { items, next, previous } = await listDeliveries(id, request)
  const onFirstPage = request.after === undefined && request.before === undefined
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere">{endpoint.url}</h1>
        <EndpointState endpoint={endpoint} />
      </div>
      {endpoint.description && <p className="mt-1 text-ink-2">{endpoint.description}</p>}
      <Outcome query={query} />
      <SigningSecret endpoint={endpoint} />
      <Section title="Deliveries">
        {items.length > 0 && <DeliveryLog deliveries={items} resendable={endpoint.status === 'enabled'} />}
        {items.length === 0 && !onFirstPage && <NoMoreRows path={path} />}
        {items.length === 0 && onFirstPage && (
          <p className="text-ink-2">
            Nothing has been sent here yet. What happens from now on will be listed.
          </p>
        )}
        <Pager path={path} next={next} previous={previous} />
      </Section>
      {endpoint.status === 'enabled' && <ResendForm id={endpoint.id} />}
      <EndpointForms endpoint={endpoint} />
    </>
  )
}
