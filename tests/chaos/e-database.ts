import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmbeddedPostgres, startPostgres } from '@/scripts/postgres/server'
import { Buyer } from '@/tests/support/buyer'
import { deliver } from '@/tests/support/events'
import { type Stack, startStack } from '@/tests/support/stack'

const parallel = 32

/**
 * E: Postgres is stopped while events arrive. None is acknowledged meanwhile, Stripe sends them again, and all
 * are acknowledged and worked on afterwards, without a hand.
 *
 * Mutant: 2xx before the insert.
 */
export async function run({ scale }: { seed: number; scale: 'short' | 'full' }) {
  const cases = scale === 'short' ? 30 : 1000
  const directory = mkdtempSync(join(tmpdir(), 'buylink-outage-'))
  const open = (port?: number) => startPostgres({ directory, ...(port && { port }) })
  let server: EmbeddedPostgres = await open()
  const shared = process.env.TEST_DATABASE_URL
  process.env.TEST_DATABASE_URL = server.url('postgres')
  let stack: Stack | undefined
  try {
    stack = await startStack({ seed: true })
    await stack.sandbox.webhooks({ action: 'drop', types: ['checkout.session.completed'] })
    const sessions = await sell(stack, cases)
    const payloads = await eventsOf(stack, sessions)
    const breaches: string[] = []
    if (payloads.length !== cases) breaches.push(`${payloads.length} events of ${cases} sessions`)
    const { port } = server
    await server.stop()
    const during = await sendAll(stack, payloads)
    const accepted = during.filter((status) => status >= 200 && status < 300).length
    if (accepted > 0) breaches.push(`${accepted} events were acknowledged without a database`)
    const alive = await fetch(`${stack.baseUrl}/healthz`)
    if (!alive.ok) breaches.push('the process did not stay up')
    server = await open(port)
    const after = await sendUntilAccepted(stack, payloads)
    if (after > 0) breaches.push(`${after} events were not acknowledged afterwards`)
    const missing = await untilFulfilled(stack, sessions)
    if (missing > 0) breaches.push(`${missing} paid sessions are not fulfilled`)
    return { cases, breaches, note: `${during.length} refused meanwhile` }
  } finally {
    await stack?.stop()
    if (shared === undefined) delete process.env.TEST_DATABASE_URL
    else process.env.TEST_DATABASE_URL = shared
    await server.stop()
    rmSync(server.home, { recursive: true, force: true })
    rmSync(directory, { recursive: true, force: true })
  }
}

async function inTurns<T, R>(things: T[], work: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let at = 0; at < things.length; at += parallel) {
    results.push(...(await Promise.all(things.slice(at, at + parallel).map(work))))
  }
  return results
}

function sell(stack: Stack, count: number): Promise<string[]> {
  return inTurns(Array.from({ length: count }), async () => {
    const { id } = await new Buyer(stack).open('quiet-machine')
    await stack.sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
    return id
  })
}

async function eventsOf(stack: Stack, sessions: string[]): Promise<string[]> {
  const events = await stack.sandbox.stripe.events
    .list({ type: 'checkout.session.completed', limit: 100 })
    .autoPagingToArray({ limit: 10_000 })
  return events
    .filter(({ data }) => sessions.includes((data.object as { id?: string }).id ?? ''))
    .map((event) => JSON.stringify(event))
}

/** @returns the statuses; 0 for no answer at all */
function sendAll(stack: Stack, payloads: string[]): Promise<number[]> {
  return inTurns(payloads, (payload) =>
    deliver(stack, payload).then(
      ({ status }) => status,
      () => 0,
    ),
  )
}

/** @returns how many were still refused in the end */
async function sendUntilAccepted(stack: Stack, payloads: string[]): Promise<number> {
  let left = payloads
  for (const end = Date.now() + 60_000; left.length > 0 && Date.now() < end; await sleep(500)) {
    const statuses = await sendAll(stack, left)
    left = left.filter((_, index) => (statuses[index] ?? 0) >= 300 || statuses[index] === 0)
  }
  return left.length
}

async function untilFulfilled(stack: Stack, sessions: string[]): Promise<number> {
  const end = Date.now() + 120_000
  for (;;) {
    const [row] = await stack.sql`
      select count(*)::int as n from fulfillments f join orders o on o.id = f.order_id
      where o.stripe_session_id = any(${sessions})`
    const missing = sessions.length - Number(row?.n)
    if (missing === 0 || Date.now() > end) return missing
    await sleep(200)
  }
}
