import { expect, test } from 'vitest'
import { registrableDomain } from '@/lib/stripe/payment-domain'

test.each([
  ['https://pay.acme.com', 'pay.acme.com'],
  ['https://pay.acme.com:8443', 'pay.acme.com'],
  ['https://xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['http://pay.acme.com', null],
  ['http://localhost:3000', null],
  ['https://localhost', null],
  ['https://shop.localhost', null],
  ['https://nas.local', null],
  ['https://shop', null],
  ['https://192.168.1.7', null],
  ['https://[::1]', null],
])('%s is registered as %s', (baseUrl, domain) => {
  expect(registrableDomain(baseUrl)).toBe(domain)
})
