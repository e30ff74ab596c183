import { createHmac, timingSafeEqual } from 'node:crypto'
import type { DroppedParameter } from '@/db/types'

/** What a signature vouches for: this customer may be themselves on this link. */
type Claim = { customer: string; link: string; livemode: boolean }

type Signing = { secret: string }

const customerId = /^cus_[A-Za-z0-9_]{1,100}$/
const signature = /^([1-9]\d{9,11})\.([A-Za-z0-9_-]{43})$/

/**
 * The parameters that let a returning buyer be known on a link: `customer` and `customer_sig`, which ends.
 * @param expires Unix seconds
 */
export function customerQuery(claim: Claim, expires: number, { secret }: Signing): string {
  return new URLSearchParams({
    customer: claim.customer,
    customer_sig: `${expires}.${mac(claim, String(expires), secret)}`,
  }).toString()
}

/**
 * The customer a link's query vouches for. Nothing else in a URL can choose one: whatever is wrong with the two
 * parameters, the page opens as for anybody, and the reason is kept for the merchant.
 * @param search the query string, with or without `?`
 * @param now Unix seconds
 */
export function readCustomer(
  search: string,
  { link, livemode, secret, now }: Omit<Claim, 'customer'> & Signing & { now: number },
): { customer: string | null; dropped: DroppedParameter[] } {
  const query = new URLSearchParams(search.slice(0, 16_384))
  const ids = query.getAll('customer')
  const signatures = query.getAll('customer_sig')
  if (ids.length + signatures.length === 0) return { customer: null, dropped: [] }
  const drop = (parameter: string, reason: string) => ({ customer: null, dropped: [{ parameter, reason }] })
  const [customer = ''] = ids
  if (ids.length !== 1 || !customerId.test(customer)) return drop('customer', 'not one customer’s id')
  const [, expires, given] = signature.exec(signatures.length === 1 ? (signatures[0] ?? '') : '') ?? []
  if (!expires || !given) return drop('customer', 'not signed')
  // Compared as text: base64 has several spellings of the same bytes.
  const expected = Buffer.from(mac({ customer, link, livemode }, expires, secret))
  if (!timingSafeEqual(Buffer.from(given), expected)) {
    return drop('customer_sig', 'not the signature of this customer on this link')
  }
  return now < Number(expires) ? { customer, dropped: [] } : drop('customer_sig', 'expired')
}

function mac({ customer, link, livemode }: Claim, expires: string, secret: string): string {
  const claim = ['buylink customer link', livemode ? 'live' : 'test', link, customer, expires].join('\n')
  return createHmac('sha256', secret).update(claim).digest('base64url')
}
