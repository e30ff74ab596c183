'use client'

import { useForm } from '@/components/ui/action-form'
import { CheckField } from '@/components/ui/check-field'
import { Field } from '@/components/ui/field'

/** Address, note and types of events of an endpoint. */
export function EndpointFields({ types, chosen }: { types: readonly string[]; chosen: readonly string[] }) {
  const { state } = useForm()
  const error = state.errors['event:*'] ?? state.errors.enabled_events
  return (
    <>
      <Field
        name="url"
        label="Address"
        type="url"
        inputMode="url"
        autoComplete="off"
        hint="An https address of yours that answers with 2xx within 15 seconds."
      />
      <Field name="description" label="Note" autoComplete="off" optional hint="For you; it is not sent." />
      <fieldset className="grid gap-1">
        <legend className="mb-1 text-sm font-medium">Events</legend>
        {error && (
          <p role="alert" className="text-sm text-bad">
            {error}
          </p>
        )}
        <CheckField
          name="event:*"
          label="All events"
          hint="Also those that later versions add."
          checked={chosen.includes('*')}
        />
        {types.map((type) => (
          <CheckField key={type} name={`event:${type}`} label={type} checked={chosen.includes(type)} />
        ))}
      </fieldset>
    </>
  )
}
