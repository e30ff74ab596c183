import type { StripeTaxIdElementChangeEvent } from '@stripe/stripe-js'

type Value = StripeTaxIdElementChangeEvent['value']

/** A kind of tax ID: Stripe's names for it in the element and in its API, where it is given out, how it looks. */
export type TaxIdKind = {
  type: Value['taxIdType']
  external: Value['externalTaxIdType']
  country: string
  short: string
  pattern: RegExp
  example: string
}

const union = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')
const bodies: Record<string, [RegExp, string]> = {
  AT: [/^ATU\d{8}$/, 'ATU12345678'],
  DE: [/^DE\d{9}$/, 'DE123456789'],
  NL: [/^NL\d{9}B\d{2}$/, 'NL123456789B12'],
}

function vatOf(country: string): TaxIdKind {
  const prefix = country === 'GR' ? 'EL' : country
  const [pattern, example] = bodies[country] ?? [new RegExp(`^${prefix}[A-Z0-9]{8,12}$`), `${prefix}12345678`]
  const type = `${country.toLowerCase()}_vat` as Value['taxIdType']
  return { type, external: 'eu_vat', country, short: 'VAT', pattern, example }
}

function kind(
  type: Value['taxIdType'] & Value['externalTaxIdType'],
  pattern: RegExp,
  example: string,
): TaxIdKind {
  const [country = '', ...rest] = type.toUpperCase().split('_')
  return { type, external: type, country, short: rest.join(' '), pattern, example }
}

/** Formats as Stripe lists them ("Customer tax IDs", supported types); values without spaces and signs. */
export const taxIdKinds: TaxIdKind[] = [
  ...union.map(vatOf),
  kind('ae_trn', /^\d{15}$/, '123456789012345'),
  kind('au_abn', /^\d{11}$/, '12345678912'),
  kind('ca_gst_hst', /^\d{9}RT\d{4}$/, '123456789RT0002'),
  kind('ch_vat', /^CHE\d{9}(MWST|TVA|IVA)$/, 'CHE123456789MWST'),
  kind('gb_vat', /^(GB)?(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/, 'GB123456789'),
  kind('in_gst', /^\d{2}[A-Z]{5}\d{4}[A-Z]\d[A-Z]\w$/, '12ABCDE3456F1Z5'),
  kind('is_vat', /^\d{5,6}$/, '123456'),
  kind('mx_rfc', /^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/, 'ABC010203AB9'),
  kind('no_vat', /^\d{9}(MVA)?$/, '123456789MVA'),
  kind('nz_gst', /^\d{8,9}$/, '123456789'),
  kind('sg_gst', /^[A-Z0-9]{8,12}$/, 'M12345678X'),
  kind('th_vat', /^\d{13}$/, '1234567891234'),
  kind('za_vat', /^\d{10}$/, '4123456789'),
]

export const plainTaxId = (text: string) => text.toUpperCase().replace(/[\s./-]/g, '')
