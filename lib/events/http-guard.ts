import { Agent, buildConnector } from 'undici'
import { checkedAddresses, type Resolve, systemResolve, type TargetRules } from './targets'

/**
 * An HTTP client that connects only to addresses it has checked. The check is in the connection itself: a
 * literal address never reaches a resolver, and a name is resolved once, judged by all its addresses and
 * connected to one of those, so that a second answer of the resolver has nothing to say.
 *
 * @param timeoutMs for making a connection
 */
export function guardedAgent(rules: TargetRules, timeoutMs: number, resolve: Resolve = systemResolve): Agent {
  const connect: buildConnector.connector = (options, callback) => {
    const { hostname, protocol } = options
    const port = Number(options.port || (protocol === 'https:' ? 443 : 80))
    checkedAddresses({ hostname, protocol, port }, rules, resolve).then(
      (addresses) => connectTo(addresses)(options, callback),
      (error: Error) => callback(error, null),
    )
  }
  const connectTo = (addresses: Awaited<ReturnType<Resolve>>) =>
    buildConnector({
      timeout: timeoutMs,
      lookup: (_hostname, { all }, found) => {
        const [first] = addresses
        if (all) found(null, addresses)
        else if (first) found(null, first.address, first.family)
      },
    })
  // A connection that was kept open may die as it is used again, and then nobody knows what arrived.
  return new Agent({ connect, pipelining: 0, headersTimeout: timeoutMs, bodyTimeout: timeoutMs })
}
