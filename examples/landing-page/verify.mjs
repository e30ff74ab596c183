import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds a redirect may be on its way, and by which two clocks may differ. */
const longest = 600
const clockSlack = 60

/**
 * Whether a buyer was really sent here by Buylink, a moment ago, with exactly these parameters. Signed is the query
 * alone: have the session's id in it (`?session={CHECKOUT_SESSION_ID}`), not in the path.
 *
 * @param {URLSearchParams} query of the address the buyer came to
 * @param {string} secret the link's signing secret, `lnksec_…`
 * @param {number} [now] Unix seconds
 * @returns {'valid' | 'tampered' | 'old'}
 */
export function verifyRedirect(query, secret, now = Math.floor(Date.now() / 1000)) {
  const signed = [...query]
    .filter(([name]) => name !== 'bl_sig')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&')
  const expected = Buffer.from(createHmac('sha256', secret).update(signed).digest('hex'))
  const given = Buffer.from(query.get('bl_sig') ?? '')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'tampered'
  const age = now - Number(query.get('bl_ts'))
  return age <= longest && age >= -clockSlack ? 'valid' : 'old'
}
