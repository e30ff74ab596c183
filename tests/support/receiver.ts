import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A webhook as it arrived. */
export type Received = { at: number; path: string; headers: IncomingHttpHeaders; body: string; id: string }

export type Respond = (received: Received, response: ServerResponse) => void

/** A merchant's server: keeps what arrives and answers as it is told. */
export class Receiver {
  readonly received: Received[] = []
  /** Requests that are open now, and the most that ever were. */
  open = 0
  most = 0

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(respond: Respond = (_, response) => response.end('ok'), port = 0): Promise<Receiver> {
    const server = createServer((request, response) => {
      receiver.most = Math.max(receiver.most, ++receiver.open)
      response.once('close', () => receiver.open--)
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('error', () => {})
      request.on('end', () => {
        const { headers, url: path = '' } = request
        const body = Buffer.concat(chunks).toString('utf8')
        const received = { at: Date.now(), path, headers, body, id: String(headers['webhook-id']) }
        receiver.received.push(received)
        respond(received, response)
      })
    })
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    return receiver
  }

  /** What arrived of one event. */
  of(id: string): Received[] {
    return this.received.filter((received) => received.id === id)
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

/** An answer by its status alone. */
export const answer =
  (status: number, headers: Record<string, string> = {}): Respond =>
  (_, response) => {
    response.writeHead(status, headers).end()
  }
