import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../server'

type Json = Record<string, unknown>
export type Answer = { status: number; body: Json & { error?: Json } }

/** A sandbox for a test file, with the official SDK pointed at it. */
export type Bench = {
  sandbox: RunningSandbox
  stripe: Stripe
  /** Calls a control or Stripe.js endpoint. */
  post(path: string, body?: object): Promise<Answer>
  get(path: string): Promise<Answer>
  remove(path: string): Promise<Answer>
  pay(session: string, body?: object): Promise<Answer>
  session(change?: Partial<Stripe.Checkout.SessionCreateParams>): Promise<Stripe.Checkout.Session>
  close(): Promise<void>
}

export function sdkFor(sandbox: RunningSandbox, options: object = {}): Stripe {
  return new Stripe('sk_test_bench', {
    host: '127.0.0.1',
    port: sandbox.port,
    protocol: 'http',
    telemetry: false,
    ...options,
  })
}

export async function startBench(options: SandboxOptions = {}): Promise<Bench> {
  const sandbox = await startSandbox(options)
  const stripe = sdkFor(sandbox)
  async function call(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(sandbox.url + path, { method, body: body ? JSON.stringify(body) : null })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  const post = (path: string, body: object = {}) => call('POST', path, body)
  return {
    sandbox,
    stripe,
    post,
    get: (path) => call('GET', path),
    remove: (path) => call('DELETE', path),
    pay: (session, body = {}) => post(`/_sandbox/checkout_sessions/${session}/pay`, body),
    session: (change = {}) =>
      stripe.checkout.sessions.create({
        mode: 'payment',
        ui_mode: 'elements',
        return_url: 'https://shop.example/return?session={CHECKOUT_SESSION_ID}',
        line_items: [lineOf(1200)],
        ...change,
      }),
    close: () => sandbox.close(),
  }
}

/** A line with an inline price, in minor units. */
export function lineOf(unit_amount: number, currency = 'eur', quantity = 1) {
  return { quantity, price_data: { currency, unit_amount, product_data: { name: 'A book' } } }
}

type Received = { event: Stripe.Event; at: number; signature: string }

/** A receiver of webhooks that verifies them with the SDK and answers what `answer` says. */
export type Receiver = {
  url: string
  received: Received[]
  refused: string[]
  answer: (event: Stripe.Event, count: number) => number
  secrets: string[]
  /** Resolves with the first `count` events for which `wanted` holds. */
  wait(count: number, wanted?: (event: Stripe.Event) => boolean): Promise<Received[]>
  close(): Promise<void>
}

export async function startReceiver(secret = 'whsec_bench'): Promise<Receiver> {
  const receiver: Receiver = {
    url: '',
    received: [],
    refused: [],
    answer: () => 200,
    secrets: [secret],
    async wait(count, wanted = () => true) {
      const deadline = Date.now() + 10_000
      for (;;) {
        const found = receiver.received.filter(({ event }) => wanted(event))
        if (found.length >= count) return found
        if (Date.now() > deadline) throw new Error(`${found.length} of ${count} events arrived`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      const signature = String(request.headers['stripe-signature'])
      for (const candidate of receiver.secrets) {
        try {
          const event = Stripe.webhooks.constructEvent(body, signature, candidate)
          receiver.received.push({ event, at: Date.now(), signature })
          response.statusCode = receiver.answer(event, receiver.received.length)
          response.end('seen')
          return
        } catch {
          // Another secret may fit.
        }
      }
      receiver.refused.push(signature)
      response.statusCode = 400
      response.end('bad signature')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`
  return receiver
}
