import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '@/scripts/build-state'
import { Buyer } from '@/tests/support/buyer'
import { type Stack, startStack } from '@/tests/support/stack'

const sweepSeconds = 3
const parallel = 8

/**
 * F: every webhook is dropped for 50 (500) paid sessions. The sweeper fulfils all of them within two rounds,
 * although it is killed half-way (SIGKILL) and another one goes on; the late webhooks then change nothing.
 *
 * Mutants: the cursor moves on before the session is settled and is never moved back; a late event counts or
 * fulfils again.
 */
export async function run({ scale }: { seed: number; scale: 'short' | 'full' }) {
  const cases = scale === 'short' ? 50 : 500
  const env = { WORKER: 'off', SWEEP_SECONDS: String(sweepSeconds) }
  const stack = await startStack({ seed: true, env })
  const breaches: string[] = []
  const workers: ChildProcess[] = []
  try {
    await stack.sandbox.webhooks({ action: 'drop' })
    const sessions = await sell(stack, cases)
    await sleep(sweepSeconds * 2000)
    const calls = (await callsOf(stack)).length
    const since = Date.now()
    const first = startWorker(stack, workers)
    await until(stack, sessions, Math.floor(cases / 3), 60)
    first.kill('SIGKILL')
    startWorker(stack, workers)
    // Two rounds, each as long as its sessions take at ten a second, and the start of two processes.
    const patience = sweepSeconds * 2 + cases / 5 + 20
    const left = await until(stack, sessions, cases, patience)
    if (left > 0) breaches.push(`${left} of ${cases} paid sessions are not fulfilled after two rounds`)
    const seconds = (Date.now() - since) / 1000
    const rate = ((await callsOf(stack)).length - calls) / seconds
    if (rate > 15) breaches.push(`the sweepers made ${rate.toFixed(1)} calls a second`)
    const before = await state(stack)
    if (before.repairs < cases) breaches.push(`${before.repairs} repairs were counted`)
    await deliverLate(stack, sessions, breaches)
    const after = await state(stack)
    for (const name of ['orders', 'fulfillments', 'outgoing'] as const) {
      if (after[name] !== before[name]) {
        breaches.push(`late webhooks made ${before[name]} ${name} ${after[name]}`)
      }
    }
    return { cases, breaches, note: `${seconds.toFixed(0)} s, ${rate.toFixed(1)} calls/s` }
  } finally {
    for (const worker of workers) worker.kill('SIGKILL')
    await stack.stop()
  }
}

async function sell(stack: Stack, count: number): Promise<string[]> {
  const sessions: string[] = []
  const sellOne = async () => {
    const { id } = await new Buyer(stack).open('quiet-machine')
    await stack.sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
    sessions.push(id)
  }
  for (let sold = 0; sold < count; sold += parallel) {
    await Promise.all(Array.from({ length: Math.min(parallel, count - sold) }, sellOne))
  }
  return sessions
}

function startWorker(stack: Stack, workers: ChildProcess[]): ChildProcess {
  const env = { ...process.env, ...stack.env, NODE_ENV: 'production' as const }
  const worker = spawn(process.execPath, ['--import', 'tsx', 'scripts/worker.ts'], {
    cwd: root,
    env,
    stdio: 'ignore',
  })
  workers.push(worker)
  return worker
}

/** Waits until so many are fulfilled. @returns how many are missing when time is up */
async function until(stack: Stack, sessions: string[], wanted: number, seconds: number): Promise<number> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const [row] = await stack.sql`
      select count(*)::int as n from orders where stripe_session_id = any(${sessions}) and fulfilled_at is not null`
    const missing = wanted - Number(row?.n)
    if (missing <= 0 || Date.now() > end) return Math.max(0, missing)
    await sleep(200)
  }
}

async function callsOf({ sandbox }: Stack): Promise<unknown[]> {
  const response = await fetch(`${sandbox.url}/_sandbox/ledger?kinds=calls`)
  return ((await response.json()) as { calls: unknown[] }).calls
}

async function state({ sql }: Stack) {
  const [row] = await sql`
    select (select count(*)::int from orders) as orders,
           (select count(*)::int from fulfillments) as fulfillments,
           (select count(*)::int from events) as outgoing,
           (select coalesce(sum(value), 0)::int from counters where name = 'sweeper_repairs') as repairs`
  return row as { orders: number; fulfillments: number; outgoing: number; repairs: number }
}

/** The webhooks arrive at last, all at once. */
async function deliverLate(stack: Stack, sessions: string[], breaches: string[]): Promise<void> {
  await stack.sandbox.clearWebhooks()
  const events = await stack.sandbox.stripe.events
    .list({ type: 'checkout.session.completed', limit: 100 })
    .autoPagingToArray({ limit: 10_000 })
  const late = events.filter(({ data }) => sessions.includes((data.object as { id?: string }).id ?? ''))
  for (const { id } of late) {
    await fetch(`${stack.sandbox.url}/_sandbox/events/${id}/resend`, { method: 'POST', body: '{}' })
  }
  const end = Date.now() + 60_000
  const ids = late.map(({ id }) => id)
  for (;;) {
    const [row] = await stack.sql`
      select count(*)::int as n from stripe_events where id = any(${ids}) and state in ('done', 'ignored')`
    if (Number(row?.n) === sessions.length) return
    if (Date.now() > end) {
      breaches.push(`${row?.n} of ${sessions.length} late events were worked on`)
      return
    }
    await sleep(200)
  }
}
