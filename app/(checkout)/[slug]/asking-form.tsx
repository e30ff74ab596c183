'use client'

import { useCheckoutElements } from '@stripe/react-stripe-js/checkout'
import { Consents, CustomFields } from './asked-fields'
import { ContactFields, TaxIdFields } from './contact-fields'
import { type FormProps, PayForm } from './pay-form'
import { useAsking } from './use-asking'

/** The form of a link that asks for more than the payment; in a script of its own. */
export function AskingForm(props: FormProps) {
  const { asked, slug, answered, merchant } = props
  const result = useCheckoutElements()
  const checkout = result.type === 'success' ? result.checkout : null
  const asking = useAsking(asked, slug, checkout, answered)
  const { contact, answers } = asking
  return (
    <PayForm
      {...props}
      asking={asking}
      fields={{
        contact: <ContactFields asked={asked} form={contact} />,
        questions: <CustomFields asked={asked} form={answers} />,
        taxId: <TaxIdFields asked={asked} form={contact} />,
        consents: <Consents asked={asked} form={answers} merchant={merchant} />,
      }}
    />
  )
}
