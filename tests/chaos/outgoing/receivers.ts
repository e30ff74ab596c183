import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Received, Receiver } from '../../support/receiver'

/** What a receiver does to one request. */
export type Behaviour =
  | 'takes'
  | 'fails'
  | 'hangs'
  | 'resets'
  | 'asks_for_time'
  | 'redirects'
  | 'drips'
  | 'cuts_its_answer'
  | 'is_unavailable'

/** Share of requests, in hundredths; the rest is taken. Eight ways to fail. */
const shares: [Behaviour, number][] = [
  ['fails', 30],
  ['hangs', 3],
  ['resets', 5],
  ['asks_for_time', 5],
  ['redirects', 5],
  ['drips', 2],
  ['cuts_its_answer', 5],
  ['is_unavailable', 5],
]

/** After this many failures of one event it is taken, as a receiver comes back some time. */
const patience = 4

export type Judged = { id: string; behaviour: Behaviour }

/** A merchant's server that fails in eight ways, and takes an event in the end. */
export async function failingReceiver(random: () => number, judged: Judged[]): Promise<Receiver> {
  const failures = new Map<string, number>()
  return Receiver.start((received: Received, response: ServerResponse) => {
    const before = failures.get(received.id) ?? 0
    const behaviour = before >= patience ? 'takes' : choose(random() * 100)
    if (behaviour !== 'takes') failures.set(received.id, before + 1)
    judged.push({ id: received.id, behaviour })
    behave(behaviour, response)
  })
}

function choose(at: number): Behaviour {
  let sum = 0
  for (const [behaviour, share] of shares) {
    sum += share
    if (at < sum) return behaviour
  }
  return 'takes'
}

function behave(behaviour: Behaviour, response: ServerResponse): void {
  if (behaviour === 'takes') response.end('ok')
  else if (behaviour === 'fails') response.writeHead(500).end('not now')
  else if (behaviour === 'asks_for_time') response.writeHead(429, { 'retry-after': '60' }).end()
  else if (behaviour === 'redirects') response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
  else if (behaviour === 'is_unavailable') response.writeHead(503, { connection: 'close' }).end()
  else if (behaviour === 'resets') response.socket?.resetAndDestroy()
  else if (behaviour === 'cuts_its_answer') response.socket?.end('HTTP/1.1 2')
  else if (behaviour === 'drips') void drip(response)
}

/** A byte of a head now and then, which never becomes one. */
async function drip(response: ServerResponse): Promise<void> {
  for (let count = 0; count < 100 && !response.destroyed; count++) {
    response.socket?.write(count === 0 ? 'HTTP/1.1 200 OK\r\nx: ' : 'x')
    await sleep(100)
  }
}
