import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Env } from '@/lib/env'
import { clientAddress } from '@/lib/http/client-address'
import { nameSockets } from '@/lib/http/socket-address'

function withProxies(trustedProxies: number) {
  const store = globalThis as unknown as { __buylink?: Map<string, unknown> }
  store.__buylink = new Map<string, unknown>([['env', { trustedProxies, logLevel: 'silent' } as Env]])
}

let seen: IncomingHttpHeaders = {}
const server = createServer((request, response) => {
  seen = request.headers
  response.end()
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => server.close(resolve)))

async function addressOf(headers: Record<string, string>): Promise<string | null> {
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers })
  return clientAddress(new Headers(seen as Record<string, string>))
}

const claims = ['203.0.113.7', '203.0.113.7, 198.51.100.1', '2001:db8::1', 'nonsense', '']

test('proxies that are trusted keep what they wrote', async () => {
  withProxies(1)
  nameSockets()
  expect(await addressOf({ 'x-forwarded-for': '198.51.100.1, 203.0.113.7' })).toBe('203.0.113.7')
})

// Mutant: a client that sends one entry itself is believed, and each of its tries comes from another address.
test('without one, what a client claims is replaced by where it connects from', async () => {
  withProxies(0)
  nameSockets()
  for (const claim of claims) expect(await addressOf({ 'x-forwarded-for': claim })).toBe('127.0.0.1')
  expect(await addressOf({})).toBe('127.0.0.1')
})
