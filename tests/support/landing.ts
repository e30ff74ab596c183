import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A merchant's landing page on another origin, for as long as `use` runs. */
export async function withLandingPage(use: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(
      '<!doctype html><html lang="en"><title>Thank you</title><link rel="icon" href="data:,"><h1>Welcome</h1>',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
