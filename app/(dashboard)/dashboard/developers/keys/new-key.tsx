'use client'

import { useForm } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import { CopyText } from '@/components/ui/copy-text'
import { Field } from '@/components/ui/field'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'

const accesses = [
  { value: 'full', label: 'Everything' },
  { value: 'read', label: 'Reading only' },
  { value: 'webhooks', label: 'Webhooks and events only' },
]

/** Name and rights of a key to be made, and, right after that, the key itself. */
export function NewKey() {
  const { state } = useForm()
  const token = state.result?.token
  return (
    <>
      {token && (
        <div role="status" className="mb-5 grid gap-2 rounded-xl border border-ok/40 bg-ok/8 px-4 py-3">
          <p className="text-sm font-medium">Copy the new key now. It is not shown again.</p>
          <CopyText text={token} label="Copy the new key" />
        </div>
      )}
      <div className="flex flex-wrap items-start gap-4">
        <Field name="name" label="Name" autoComplete="off" hint="Which system will use it?" />
        <SelectField name="access" label="May do" options={accesses} />
        <SubmitButton className={buttonClass('primary', 'mt-6.5 h-11! text-sm')}>Make key</SubmitButton>
      </div>
    </>
  )
}
