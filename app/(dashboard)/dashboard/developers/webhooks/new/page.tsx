import type { Metadata } from 'next'
import { ActionForm } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireUser } from '@/lib/accounts/session'
import { eventTypes } from '@/lib/events/types'
import { addEndpoint } from '../actions'
import { EndpointFields } from '../endpoint-fields'

export const metadata: Metadata = { title: 'Add a webhook endpoint' }

export default async function NewEndpointPage() {
  await requireUser('/dashboard/developers/webhooks/new')
  return (
    <>
      <h1 className="mb-5 text-2xl font-semibold tracking-tight">Add a webhook endpoint</h1>
      <ActionForm action={addEndpoint} className="grid max-w-xl gap-5">
        <EndpointFields types={eventTypes} chosen={['*']} />
        <SubmitButton className={buttonClass('primary', 'justify-self-start')}>Add endpoint</SubmitButton>
      </ActionForm>
    </>
  )
}
