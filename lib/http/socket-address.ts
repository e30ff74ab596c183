import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { once } from '@/lib/once'

type Started = { request: IncomingMessage }

/**
 * Where no proxy is trusted, lets `X-Forwarded-For` be the address the connection comes from and nothing else. Next
 * fills the header in only where it is missing, so a client that sent it could choose its own address, and no code of
 * ours that handles a request sees the socket. Call it once before the server answers.
 */
export function nameSockets(): void {
  if (env().trustedProxies > 0) return
  once('socket-address', () => {
    subscribe('http.server.request.start', (message) => nameSocket((message as Started).request))
    return true
  })
}

function nameSocket({ headers, socket }: IncomingMessage): void {
  const peer = socket.remoteAddress
  if (headers['x-forwarded-for'] !== undefined && peer && isInside(peer)) warnOfProxy()
  if (peer) headers['x-forwarded-for'] = peer
  else delete headers['x-forwarded-for']
}

/** An address of this machine or network: whoever connects from there with the header is likely a proxy. */
function isInside(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() !== 'unicast'
}

function warnOfProxy(): void {
  once('proxy-warning', () => {
    log.warn(
      {},
      'a proxy seems to be in front of this server: all buyers behind it queue as one until TRUSTED_PROXIES says how many there are',
    )
    return true
  })
}
