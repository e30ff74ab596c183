'use client'

import { useTranslations } from 'next-intl'
import { ContactField, TaxIdType } from '@/components/checkout/contact-fields'
import type { Asked } from '@/lib/links/asked'
import { taxIdName } from '@/lib/links/tax-ids'
import type { ContactForm } from './use-contact'

type Props = { asked: Asked; form: ContactForm }

/** Phone and names, where the link asks for them. */
export function ContactFields({ asked, form }: Props) {
  const t = useTranslations('asked.contact')
  return (
    <>
      {asked.phone && (
        <ContactField
          label={t('phone')}
          required
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          {...form.bind('phone')}
        />
      )}
      {asked.individual_name !== 'no' && (
        <ContactField
          label={t('individualName')}
          required={asked.individual_name === 'required'}
          autoComplete="name"
          {...form.bind('individualName')}
        />
      )}
      {asked.business_name !== 'no' && (
        <ContactField
          label={t('businessName')}
          required={asked.business_name === 'required'}
          autoComplete="organization"
          {...form.bind('businessName')}
        />
      )}
    </>
  )
}

/** A business's tax ID; nothing in countries of which Stripe knows none. */
export function TaxIdFields({ asked, form }: Props) {
  const t = useTranslations('asked.contact')
  const { taxIdTypes: types } = form
  if (types.length === 0) return null
  const taxId = form.bind('taxId')
  const businessName = form.bind('businessName')
  const required = asked.tax_id === 'required'
  const [only] = types
  return (
    <>
      {types.length > 1 && (
        <TaxIdType
          types={types.map((value) => ({ value, name: taxIdName(value) }))}
          {...form.bind('taxIdType')}
        />
      )}
      <ContactField
        label={types.length === 1 && only ? t('taxIdOf', { kind: taxIdName(only) }) : t('taxId')}
        required={required}
        autoComplete="off"
        {...taxId}
        onLeave={() => {
          taxId.onLeave()
          form.tellTaxId()
        }}
      />
      {asked.business_name === 'no' && (
        <ContactField
          label={t('businessName')}
          required={required || taxId.value !== ''}
          autoComplete="organization"
          {...businessName}
          onLeave={() => {
            businessName.onLeave()
            form.tellTaxId()
          }}
        />
      )}
    </>
  )
}
