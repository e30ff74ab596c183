import type { StripeTaxIdElementChangeEvent } from '@stripe/stripe-js'
import type { PageState } from '../../browser-api'
import type { Contact } from '../protocol'
import type { HostElement } from './element'
import { billingContact, sessionEmail, shippingContact, taxIdInfoOf } from './session-view'

type TaxIdValue = StripeTaxIdElementChangeEvent['value']

const parts = ['country', 'line1', 'line2', 'city', 'postal_code', 'state'] as const

function isSame(left: Contact, right: Contact | null): boolean {
  return (
    right !== null &&
    (left.name ?? '') === (right.name ?? '') &&
    parts.every((part) => (left.address[part] ?? '') === (right.address[part] ?? ''))
  )
}

function taxIdOf(
  { taxId, businessName, externalTaxIdType: type }: TaxIdValue,
  latest: PageState,
): Record<string, unknown> | null {
  const known = taxIdInfoOf(latest.session)
  if (!taxId) return known ? { tax_id_info: null } : null
  const isKnown =
    known?.taxId.value === taxId && known.taxId.type === type && known.businessName === businessName
  return isKnown ? null : { tax_id_info: { taxId: { type, value: taxId }, businessName } }
}

/** What a complete element adds to the session; nothing where the session knows it already. */
export function collectedBy(element: HostElement, latest: PageState): Record<string, unknown> | null {
  if (!element.isComplete()) return null
  const value = element.value()
  if (element.kind === 'contactDetails') {
    return value.email === sessionEmail(latest) ? null : { email: value.email }
  }
  if (element.kind === 'taxId') return taxIdOf(value as TaxIdValue, latest)
  if (!element.mode) return null
  const contact = { name: value.name, address: value.address } as Contact
  const known = element.mode === 'shipping' ? shippingContact(latest) : billingContact(latest)
  const isForServer =
    element.mode === 'shipping' && latest.session.permissions?.update_shipping_details === 'server_only'
  const { phone } = latest.session.customer_details ?? {}
  const change = {
    ...(isSame(contact, known) || isForServer ? {} : { [`${element.mode}_address`]: contact }),
    ...(value.phone && value.phone !== phone ? { phone: value.phone } : {}),
  }
  return Object.keys(change).length > 0 ? change : null
}
