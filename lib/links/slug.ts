import { randomBytes } from 'node:crypto'

/**
 * First path segments that belong to the application. Every top-level folder of `app/` is in it
 * (a test compares), with the names that browsers, crawlers and later features expect.
 */
export const reservedSlugs: ReadonlySet<string> = new Set(
  (
    'about admin api apple-touch-icon assets auth blog buy-button cart checkout contact customer customers ' +
    'dashboard docs embed favicon finish health healthz help home images imprint join legal link links login logo ' +
    'logout metrics oauth openapi order orders pay privacy readyz receipt receipts robots sandbox sdk search ' +
    'session sessions settings setup signin signup sitemap static status stripe support terms test v1 v2 ' +
    'webhook webhooks well-known www'
  ).split(' '),
)

/**
 * Why `slug` cannot be chosen, or null. Rule: 3 to 64 of `a-z 0-9 -`, no hyphen at an end,
 * not a reserved name, not the `test_`-like look of a random one.
 */
export function slugProblem(slug: string): string | null {
  if (slug.length < 3 || slug.length > 64) return 'The address must have 3 to 64 characters.'
  if (!/^[a-z0-9-]+$/.test(slug)) return 'The address may hold only a–z, 0–9 and hyphens.'
  if (slug.startsWith('-') || slug.endsWith('-')) return 'The address cannot begin or end with a hyphen.'
  if (reservedSlugs.has(slug)) return `“${slug}” is used by the application itself.`
  return null
}

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** A slug nobody chose: 16 characters of 32 (80 bits), `test_` in front in test mode as at Stripe. */
export function randomSlug(livemode: boolean): string {
  const bytes = randomBytes(16)
  const code = Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('')
  return livemode ? code : `test_${code}`
}
