import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, vi } from 'vitest'

test('a sandbox at an IPv6 address is reached', async () => {
  const server = createServer((_, response) => response.end('{"id":"prod_a","object":"product"}'))
  server.listen(0, '::1')
  await once(server, 'listening')
  const address = `http://[::1]:${(server.address() as AddressInfo).port}`
  const env = {
    DATABASE_URL: 'postgres://buylink:hunter2@127.0.0.1:5432/buylink',
    BASE_URL: 'http://localhost:3000',
    BUYLINK_SECRET: 'f3a9c1d27b6e48058d1c2b3a49687d5e',
    STRIPE_SECRET_KEY: 'sk_test_51Hc9vKq8sT2',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_51Hc9vKq8sT2',
    STRIPE_WEBHOOK_SECRET: 'whsec_8Jk2Lq7Rt5Yv9Zb3Nm1P',
    STRIPE_API_BASE: address,
    STRIPE_JS_URL: `${address}/v3/stripe.js`,
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const { stripe } = await import('@/lib/stripe/client')
  expect((await stripe().products.retrieve('prod_a')).id).toBe('prod_a')
  server.closeAllConnections()
  server.close()
  vi.unstubAllEnvs()
})
