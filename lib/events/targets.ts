import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'

/** What decides where webhooks may go. */
export type TargetRules = {
  livemode: boolean
  /** Networks (CIDR) that are allowed although they are not public. */
  allow: readonly string[]
}

export type Resolved = { address: string; family: number }
export type Resolve = (hostname: string) => Promise<Resolved[]>

/** An address webhooks do not go to; the message is for the merchant. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused'
}

/** Every address the system knows for a name. */
export const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true })

/** Microsoft Azure's virtual host: public by its number, and inside all the same. */
const insidePublic = '168.63.129.16'
const publicPorts = new Set([443, 8443])

/** Whether an address belongs to the open internet. */
function isPublic(address: string): boolean {
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast' || parsed.toString() === insidePublic) return false
  // All of the internet's IPv6 is in 2000::/3; elsewhere lie forms that carry an IPv4 address inside.
  return parsed.kind() === 'ipv4' || parsed.match(ipaddr.parseCIDR('2000::/3'))
}

function isListed(address: string, allow: readonly string[]): boolean {
  const parsed = ipaddr.process(address)
  return allow.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network)
    return base.kind() === parsed.kind() && parsed.match(base, bits)
  })
}

/**
 * Refuses an address, port and protocol that webhooks must not reach.
 * @throws TargetRefused
 */
export function checkAddress(address: string, protocol: string, port: number, rules: TargetRules): void {
  if (!ipaddr.isValid(address)) throw new TargetRefused('The host has no usable address.')
  const listed = isListed(address, rules.allow)
  if (!listed && !isPublic(address)) {
    throw new TargetRefused(
      'The host is inside a private network. The operator can allow it (WEBHOOK_ALLOW).',
    )
  }
  if (protocol !== 'https:' && (rules.livemode || !listed)) {
    throw new TargetRefused('Use an https address.')
  }
  if (!listed && !publicPorts.has(port)) throw new TargetRefused('Use port 443 or 8443.')
}

/** The port of an address, its protocol's own where it names none. */
export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}

/** The host without the brackets of an IPv6 address and without the dot that may end a name. */
export function hostOf(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

/**
 * All addresses of a host, each of them checked: one bad address refuses the host.
 * @throws TargetRefused, or the resolver's error
 */
export async function checkedAddresses(
  target: { hostname: string; protocol: string; port: number },
  rules: TargetRules,
  resolve: Resolve = systemResolve,
): Promise<Resolved[]> {
  const host = hostOf(target.hostname)
  const literal = ipaddr.isValid(host)
  const found = literal ? [{ address: host, family: host.includes(':') ? 6 : 4 }] : await resolve(host)
  if (found.length === 0) throw new TargetRefused('The host has no usable address.')
  for (const { address } of found) checkAddress(address, target.protocol, target.port, rules)
  return found
}

/**
 * What is wrong with the address of an endpoint, or null. A host that does not resolve yet is let pass: every
 * connection is checked again when it is made.
 */
export async function targetProblem(
  text: string,
  rules: TargetRules,
  resolve: Resolve = systemResolve,
): Promise<string | null> {
  if (!URL.canParse(text)) return 'This is not a web address.'
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Use an https address.'
  if (url.username || url.password) return 'The address cannot hold a user name or password.'
  try {
    await checkedAddresses(
      { hostname: url.hostname, protocol: url.protocol, port: portOf(url) },
      rules,
      resolve,
    )
  } catch (error) {
    if (error instanceof TargetRefused) return error.message
    if (url.protocol === 'http:') return 'Use an https address.'
  }
  return null
}
