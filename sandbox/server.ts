import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { configureEndpoints } from './api/webhook-endpoints'
import type { Reply } from './http/faulty'
import { readRequest } from './http/request'
import { startRuntime } from './runtime'
import { Site } from './site'
import { clockOn } from './state/clock'
import { postgresStorage } from './state/postgres-storage'
import { prune } from './state/prune'
import { memoryStorage } from './state/storage'
import { Store } from './state/store'
import type { World } from './world'

export type SandboxOptions = {
  /** 0, the default, takes a free port. */
  port?: number
  host?: string
  /** State lives in this database's schema `stripe_sandbox`, else in memory. */
  databaseUrl?: string | undefined
  /** The origin browsers reach the sandbox at, where it differs from host and port. */
  publicUrl?: string | undefined
  /** Seconds between the tries of a webhook delivery. */
  webhookRetry?: readonly number[]
  /** Endpoints registered at start and after a reset, with secrets the receiver knows. */
  webhooks?: readonly { url: string; secret: string }[]
  /** Real time in milliseconds. */
  now?: () => number
}

export type RunningSandbox = { url: string; port: number; close(): Promise<void> }

const retrySchedule = [1, 3, 10, 30, 120, 600, 1800, 3600, 7200] as const

function write(response: ServerResponse, reply: Reply): void {
  const { socket } = response
  if (reply.transport === 'hang') return
  if (reply.transport === 'reset' || reply.transport === 'refused') {
    socket?.resetAndDestroy()
    return
  }
  const body = Buffer.from(reply.body)
  response.writeHead(reply.status, { ...reply.headers, 'content-length': String(body.length) })
  if (reply.transport !== 'cut') {
    response.end(body)
    return
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => socket?.destroy())
}

/**
 * Starts a sandbox. Rejects when the port is taken or another sandbox runs on the same database.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const host = options.host ?? '127.0.0.1'
  const storage = options.databaseUrl ? await postgresStorage(options.databaseUrl) : memoryStorage()
  const store = await Store.open(storage)
  let port = options.port ?? 0
  const own = () =>
    `http://${host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
  const origin = () => options.publicUrl?.replace(/\/+$/, '') ?? own()
  const world: World = {
    store,
    clock: clockOn(store, options.now ?? Date.now),
    origin,
    request: null,
    webhookRetry: options.webhookRetry ?? retrySchedule,
  }
  const registerEndpoints = () => configureEndpoints(world, options.webhooks ?? [])
  store.transact(() => {
    prune(world)
    registerEndpoints()
  })
  const runtime = startRuntime(world)
  const site = new Site(runtime, registerEndpoints, () => [
    ...new Set([origin(), own(), `http://localhost:${port}`, `http://127.0.0.1:${port}`]),
  ])

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const reply = await site.handle(await readRequest(request))
      write(response, reply)
      if (reply.transport === 'refused') refuse(reply.seconds ?? 1)
    } catch (error) {
      console.error('sandbox:', error)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end('The sandbox failed.\n')
    }
  }

  const server = createServer((request, response) => void handle(request, response))
  server.requestTimeout = 0
  let isClosed = false

  function listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        resolve()
      })
    })
  }

  /** Nobody listens for a while, so that connections are refused. */
  function refuse(seconds: number): void {
    server.close()
    server.closeAllConnections()
    setTimeout(() => {
      if (!isClosed) listen().catch((error: unknown) => console.error('sandbox:', error))
    }, seconds * 1000)
  }

  try {
    await listen()
  } catch (error) {
    await runtime.close()
    await store.close()
    throw error
  }
  port = (server.address() as AddressInfo).port
  return {
    url: origin(),
    port,
    async close() {
      isClosed = true
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await stopped
      await runtime.close()
      await store.close()
    },
  }
}
