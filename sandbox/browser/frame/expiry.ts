import { digitsOf } from './card-number'

/** Writes what is typed or pasted as `MM / YY`; a first digit above 1 becomes a whole month. */
export function formatExpiry(text: string, deleting: boolean): string {
  let digits = digitsOf(text.replace(/^(\d{1,2})\s*[/.-]\s*20(\d\d)$/, '$1$2'))
  if (/^\d\s*\//.test(text)) digits = `0${digits}`
  if (/^[2-9]/.test(digits)) digits = `0${digits}`
  const month = digits.slice(0, 2)
  const year = digits.slice(2, 4)
  if (year) return `${month} / ${year}`
  return month.length === 2 && !deleting ? `${month} / ` : month
}

/** Month 1–12 and the full year, or null while it is incomplete. */
export function parseExpiry(text: string): { month: number; year: number } | null {
  const match = /^(\d\d) \/ (\d\d)$/.exec(text)
  return match ? { month: Number(match[1]), year: 2000 + Number(match[2]) } : null
}

export function expiryProblem(
  text: string,
  today: Date,
): 'incompleteExpiry' | 'invalidExpiry' | 'pastExpiry' | null {
  const expiry = parseExpiry(text)
  if (!expiry) return 'incompleteExpiry'
  if (expiry.month < 1 || expiry.month > 12) return 'invalidExpiry'
  const lastMonth = expiry.year * 12 + expiry.month
  const thisMonth = today.getFullYear() * 12 + today.getMonth() + 1
  if (lastMonth < thisMonth) return 'pastExpiry'
  return lastMonth > thisMonth + 50 * 12 ? 'invalidExpiry' : null
}
