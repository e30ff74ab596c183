import { isIPv4, isIPv6 } from 'node:net'
import { env } from '@/lib/env'

/**
 * The address a request came from, as far as it can be trusted; IPv6 as its /64, which is one customer's.
 * Each proxy that the operator counts (TRUSTED_PROXIES) appended one entry to `X-Forwarded-For`; without any,
 * `nameSockets` has put the socket's address there over whatever the client sent.
 *
 * @returns null where it cannot be trusted
 */
export function clientAddress(headers: Headers): string | null {
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
  const { trustedProxies } = env()
  if (trustedProxies === 0) return hops.length === 1 ? normalise(hops[0]) : null
  return normalise(hops.at(-trustedProxies))
}

function normalise(text: string | undefined): string | null {
  const address = text?.replace(/^::ffff:(?=\d+\.)/i, '') ?? ''
  if (isIPv4(address)) return address
  if (!isIPv6(address)) return null
  const [head = ''] = address.split('%')
  return `${expand(head).slice(0, 4).join(':')}::/64`
}

/** The eight groups of an IPv6 address, without leading zeros. */
function expand(address: string): string[] {
  const [left = '', right] = address.split('::')
  const groups = (text: string) => (text ? text.split(':') : [])
  const missing = right === undefined ? 0 : 8 - groups(left).length - groups(right).length
  const all = [...groups(left), ...Array.from({ length: missing }, () => '0'), ...groups(right ?? '')]
  return all.map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
}
