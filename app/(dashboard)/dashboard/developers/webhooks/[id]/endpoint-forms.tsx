import { ActionForm } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import { CheckField } from '@/components/ui/check-field'
import { Section } from '@/components/ui/section'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import type { Endpoint } from '@/lib/events/endpoints'
import { eventTypes } from '@/lib/events/types'
import { editEndpoint, removeEndpoint, rollEndpointSecret, switchEndpoint } from '../actions'
import { EndpointFields } from '../endpoint-fields'

const overlaps = [
  { value: '24', label: 'for a day' },
  { value: '1', label: 'for an hour' },
  { value: '72', label: 'for three days' },
  { value: '0', label: 'no longer' },
]

/** A new secret, and how long the old one goes on signing beside it. */
export function RollForm({ id }: { id: string }) {
  return (
    <ActionForm action={rollEndpointSecret} className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="id" value={id} />
      <SelectField name="overlap" label="The present secret also signs" options={overlaps} />
      <SubmitButton className={buttonClass('secondary', 'text-sm')}>Roll secret</SubmitButton>
    </ActionForm>
  )
}

/** Editing, switching off and on, and deleting an endpoint. */
export function EndpointForms({ endpoint }: { endpoint: Endpoint }) {
  const isOff = endpoint.status === 'disabled'
  const values = { url: endpoint.url, description: endpoint.description ?? '' }
  const boxes = Object.fromEntries(endpoint.enabledEvents.map((type) => [`event:${type}`, 'on']))
  return (
    <>
      <Section title="Settings">
        <ActionForm action={editEndpoint} values={{ ...values, ...boxes }} className="grid max-w-xl gap-5">
          <input type="hidden" name="id" value={endpoint.id} />
          <EndpointFields types={eventTypes} chosen={endpoint.enabledEvents} />
          <SubmitButton className={buttonClass('secondary', 'justify-self-start text-sm')}>Save</SubmitButton>
        </ActionForm>
      </Section>
      <Section title={isOff ? 'Switch on' : 'Switch off'}>
        <p className="max-w-prose text-sm text-ink-2">
          {isOff
            ? 'It is told what happens from then on. What it has missed can be sent again afterwards.'
            : 'Nothing is sent any more; what is waiting is skipped. It can be sent again after switching on.'}
        </p>
        <ActionForm action={switchEndpoint}>
          <input type="hidden" name="id" value={endpoint.id} />
          <input type="hidden" name="disabled" value={String(!isOff)} />
          <SubmitButton className={buttonClass('secondary', 'text-sm')}>
            {isOff ? 'Switch on' : 'Switch off'}
          </SubmitButton>
        </ActionForm>
      </Section>
      <Section title="Delete">
        <ActionForm action={removeEndpoint} className="grid justify-items-start gap-3">
          <input type="hidden" name="id" value={endpoint.id} />
          <CheckField name="sure" label="Delete this endpoint and the log of its deliveries" />
          <SubmitButton className={buttonClass('secondary', 'text-sm text-bad')}>
            Delete endpoint
          </SubmitButton>
        </ActionForm>
      </Section>
    </>
  )
}
