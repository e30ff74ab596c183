import { expect, test } from 'vitest'
import type { Env } from '@/lib/env'
import { clientAddress } from '@/lib/http/client-address'

function withProxies(trustedProxies: number) {
  const store = globalThis as unknown as { __buylink?: Map<string, unknown> }
  store.__buylink = new Map([['env', { trustedProxies } as Env]])
}

const from = (forwarded: string) => clientAddress(new Headers({ 'x-forwarded-for': forwarded }))

test('without a proxy only a single address counts', () => {
  withProxies(0)
  expect(from('203.0.113.7')).toBe('203.0.113.7')
  expect(from('::ffff:203.0.113.7')).toBe('203.0.113.7')
  expect(from('1.2.3.4, 203.0.113.7')).toBeNull()
  expect(from('<script>')).toBeNull()
})

// Mutant: the first entry counts. A client could then choose its own address.
test('behind proxies the entry of the outermost trusted one counts', () => {
  withProxies(1)
  expect(from('1.2.3.4, 203.0.113.7')).toBe('203.0.113.7')
  withProxies(2)
  expect(from('9.9.9.9, 203.0.113.7, 10.0.0.1')).toBe('203.0.113.7')
  expect(from('10.0.0.1')).toBeNull()
})

test('an IPv6 customer is one /64, however written', () => {
  withProxies(0)
  expect(from('2001:db8:0:1::5')).toBe('2001:db8:0:1::/64')
  expect(from('2001:0DB8:0000:0001:ffff:ffff:ffff:ffff')).toBe('2001:db8:0:1::/64')
  expect(from('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
})
