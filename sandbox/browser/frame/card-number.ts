export type Brand = { id: string; label: string; lengths: number[]; cvcLength: number; gaps: number[] }

const fours = [4, 8, 12]
const brands: (Brand & { pattern: RegExp })[] = [
  { id: 'visa', label: 'Visa', pattern: /^4/, lengths: [13, 16, 19], cvcLength: 3, gaps: fours },
  { id: 'amex', label: 'Amex', pattern: /^3[47]/, lengths: [15], cvcLength: 4, gaps: [4, 10] },
  {
    id: 'mastercard',
    label: 'Mastercard',
    pattern: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: [16],
    cvcLength: 3,
    gaps: fours,
  },
  {
    id: 'discover',
    label: 'Discover',
    pattern: /^(6011|64[4-9]|65)/,
    lengths: [16],
    cvcLength: 3,
    gaps: fours,
  },
  {
    id: 'diners',
    label: 'Diners',
    pattern: /^3(0[0-5]|[689])/,
    lengths: [14, 16],
    cvcLength: 3,
    gaps: [4, 10],
  },
  { id: 'jcb', label: 'JCB', pattern: /^35/, lengths: [16], cvcLength: 3, gaps: fours },
  { id: 'unionpay', label: 'UnionPay', pattern: /^62/, lengths: [16, 17, 18, 19], cvcLength: 3, gaps: fours },
]
const unknown: Brand = { id: 'unknown', label: '', lengths: [16], cvcLength: 3, gaps: fours }

export const digitsOf = (text: string) => text.replace(/\D/g, '')

/** The scheme by the leading digits (issuer identification ranges). */
export function brandOf(digits: string): Brand {
  return brands.find(({ pattern }) => pattern.test(digits)) ?? unknown
}

/** Groups digits the way they stand on the card, no longer than its scheme allows. */
export function formatCardNumber(text: string): string {
  const { gaps, lengths } = brandOf(digitsOf(text))
  const digits = digitsOf(text).slice(0, Math.max(...lengths))
  return [...digits].map((digit, index) => (gaps.includes(index) ? ` ${digit}` : digit)).join('')
}

/** The check digit of ISO/IEC 7812 (Luhn). */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return digits.length > 0 && sum % 10 === 0
}

/** null where the number is whole and its check digit right. */
export function cardNumberProblem(text: string): 'incompleteNumber' | 'invalidNumber' | null {
  const digits = digitsOf(text)
  const { lengths } = brandOf(digits)
  if (!lengths.includes(digits.length)) return 'incompleteNumber'
  return passesLuhn(digits) ? null : 'invalidNumber'
}
