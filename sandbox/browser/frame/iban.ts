/** Lengths of the SEPA countries' IBANs (ISO 13616 registry). */
const lengths: Record<string, number> = Object.fromEntries(
  'AD24 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 IT27 LI21 LT20 LU20 LV21 MC27 MT31 NL18 NO15 PL28 PT25 RO24 SE24 SI19 SK24 SM27 VA22'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

export const compactIban = (text: string) => text.replace(/[^0-9a-z]/gi, '').toUpperCase()

export function formatIban(text: string): string {
  return compactIban(text)
    .slice(0, 34)
    .replace(/(.{4})(?=.)/g, '$1 ')
}

function checksum(iban: string): number {
  const digits = [...(iban.slice(4) + iban.slice(0, 4))].map((sign) => Number.parseInt(sign, 36)).join('')
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0)
}

/** null where country, length and the check digits of ISO 7064 are right. */
export function ibanProblem(text: string): 'incompleteIban' | 'invalidIban' | null {
  const iban = compactIban(text)
  if (iban.length < 4) return 'incompleteIban'
  const length = lengths[iban.slice(0, 2)]
  if (length === undefined || !/^[A-Z]{2}\d\d/.test(iban)) return 'invalidIban'
  if (iban.length < length) return 'incompleteIban'
  return iban.length === length && checksum(iban) === 1 ? null : 'invalidIban'
}
