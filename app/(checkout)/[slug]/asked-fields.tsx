'use client'

import { PromotionsConsent, TermsConsent } from '@/components/checkout/consents'
import { CustomField } from '@/components/checkout/custom-field'
import type { Asked } from '@/lib/links/asked'
import { promotionsKey, termsKey } from './questions'
import type { AnswerForm } from './use-answers'

type Props = { asked: Asked; form: AnswerForm }

/** The merchant's own questions. */
export function CustomFields({ asked, form }: Props) {
  return asked.custom_fields.map((field) => (
    <CustomField key={field.key} field={field} {...form.bind(field.key)} />
  ))
}

/** What is agreed to just before paying. */
export function Consents({ asked, form, merchant }: Props & { merchant: string }) {
  const { terms, promotions } = asked
  if (!promotions && !terms) return null
  return (
    <div className="grid">
      {promotions && <PromotionsConsent merchant={merchant} {...form.bind(promotionsKey)} />}
      {terms && <TermsConsent terms={terms} merchant={merchant} {...form.bind(termsKey(terms))} />}
    </div>
  )
}
