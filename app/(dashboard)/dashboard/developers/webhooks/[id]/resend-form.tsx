import { ActionForm } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import { CheckField } from '@/components/ui/check-field'
import { Field } from '@/components/ui/field'
import { Section } from '@/components/ui/section'
import { SubmitButton } from '@/components/ui/submit-button'
import { resendTime } from '../actions'

const day = 24 * 60 * 60 * 1000
const local = (time: number) => new Date(time).toISOString().slice(0, 16)

/** Sends what happened in a span of time again; the last day unless told otherwise. */
export function ResendForm({ id }: { id: string }) {
  const now = Date.now()
  return (
    <Section title="Send again">
      <ActionForm
        action={resendTime}
        values={{ from: local(now - day), to: local(now + 60_000) }}
        className="grid max-w-xl gap-4"
      >
        <input type="hidden" name="id" value={id} />
        <div className="grid gap-4 desk:grid-cols-2">
          <Field name="from" label="From (UTC)" type="datetime-local" autoComplete="off" />
          <Field name="to" label="To (UTC)" type="datetime-local" autoComplete="off" />
        </div>
        <CheckField
          name="all"
          label="Also what has been delivered"
          hint="Otherwise only what this endpoint has missed: failed, skipped, or never sent while it was off."
        />
        <SubmitButton className={buttonClass('secondary', 'justify-self-start text-sm')}>
          Send again
        </SubmitButton>
      </ActionForm>
    </Section>
  )
}
