import type { AddressInfo } from 'node:net'
import { landingPage } from '@/examples/landing-page/server.mjs'

/** A merchant's landing page on another origin, for as long as `use` runs. */
export async function withLandingPage(secret: string, use: (origin: string) => Promise<void>): Promise<void> {
  const server = landingPage(secret)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
