import { invalidRequest } from '../http/errors'
import type { Records } from '../state/records'
import type { World } from '../world'
import { collect, setNames } from './session'

type Session = Records['session']
type TaxId = NonNullable<NonNullable<Session['customer_details']>['tax_ids']>[number]

/** Formats of the usual types; of the others only the characters are checked. */
const formats: Record<string, RegExp> = {
  au_abn: /^\d{11}$/,
  br_cnpj: /^\d{14}$/,
  br_cpf: /^\d{11}$/,
  ca_bn: /^\d{9}$/,
  ca_gst_hst: /^\d{9}RT\d{4}$/,
  ch_vat: /^CHE\d{9}(MWST|TVA|IVA)$/,
  eu_vat:
    /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[A-Z0-9]{8,12}$/,
  gb_vat: /^(GB)?(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
  in_gst: /^\d{2}[A-Z]{5}\d{4}[A-Z]\d[A-Z]\w$/,
  jp_cn: /^\d{13}$/,
  mx_rfc: /^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/,
  no_vat: /^\d{9}(MVA)?$/,
  nz_gst: /^\d{8,9}$/,
  us_ein: /^\d{9}$/,
}

const exactByCountry: Record<string, RegExp> = { DE: /^DE\d{9}$/, AT: /^ATU\d{8}$/, NL: /^NL\d{9}B\d{2}$/ }

function isValid(type: string, value: string): boolean {
  const plain = value.toUpperCase().replaceAll(/[\s./-]/g, '')
  const exact = type === 'eu_vat' ? exactByCountry[plain.slice(0, 2)] : undefined
  return (exact ?? formats[type] ?? /^[A-Z0-9]{5,20}$/).test(plain)
}

/** Takes a buyer's tax ID and the name of the business it belongs to; null forgets both. Throws `tax_id_invalid`. */
export function setTaxId(
  world: World,
  session: Session,
  info: { taxId: { type: string; value: string }; businessName: string } | null,
): void {
  if (!session.tax_id_collection?.enabled) {
    throw invalidRequest('This Checkout Session collects no tax IDs.', { param: 'tax_id_info' })
  }
  if (!info) {
    collect(world, session.id, { tax_ids: [] })
    setNames(world, session.id, { business: null })
    return
  }
  const { type, value } = info.taxId
  if (!isValid(type, value)) {
    const details = { code: 'tax_id_invalid', param: 'tax_id_info[tax_id][value]' }
    throw invalidRequest(`Invalid value for ${type}.`, details)
  }
  const taxId: TaxId = { type, value }
  collect(world, session.id, { tax_ids: [taxId] })
  setNames(world, session.id, { business: info.businessName })
}
