import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { randomFrom } from '@/sandbox/webhooks/plan'
import { root } from '@/scripts/build-state'
import { insideApp } from '../support/inside-app'
import type { Receiver } from '../support/receiver'
import { type Stack, startStack } from '../support/stack'
import { failingReceiver, type Judged } from './outgoing/receivers'

const sizes = {
  short: { events: 60, kills: 2, seconds: 120 },
  full: { events: 2000, kills: 5, seconds: 1500 },
}

type Target = { id: string; secret: string; receiver: Receiver; judged: Judged[] }

/**
 * Events for three endpoints that fail in eight ways, while two workers are killed and replaced. Every pair of
 * event and endpoint must be delivered, each try under the same id and signed for both kinds of library.
 */
export async function run({ seed, scale }: { seed: number; scale: 'short' | 'full' }) {
  const size = sizes[scale]
  const random = randomFrom(seed)
  // A day is 24 seconds, and a try ends after one second.
  const stack = await startStack({ app: false, env: { WEBHOOK_TIME_SCALE: '3600', LOG_LEVEL: 'error' } })
  const app = await insideApp(stack)
  const workers = new Workers(stack)
  const targets: Target[] = []
  try {
    for (let index = 0; index < 3; index++) {
      const judged: Judged[] = []
      const receiver = await failingReceiver(random, judged)
      const { id, secret } = await app.createEndpoint({ url: receiver.url, enabled_events: ['*'] })
      targets.push({ id, secret, receiver, judged })
    }
    workers.start()
    workers.start()
    const ids: string[] = []
    const every = Math.ceil(size.events / (size.kills + 1))
    for (let index = 1; index <= size.events; index++) {
      ids.push(await app.emit('order.fulfilled', { index }))
      if (index % every === 0 && workers.killed < size.kills) workers.replace()
    }
    await settled(stack, size.seconds)
    return await audit(stack, targets, ids, workers.killed)
  } finally {
    workers.stop()
    for (const { receiver } of targets) await receiver.stop()
    await app.close()
    await stack.stop()
  }
}

/** Workers of their own, without a web process, that can be killed at any moment. */
class Workers {
  killed = 0
  private readonly running: ChildProcess[] = []

  constructor(private readonly stack: Stack) {}

  start(): void {
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/worker.ts'], {
      cwd: root,
      env: { ...process.env, ...this.stack.env, SWEEP_SECONDS: '3600' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    this.running.push(child)
  }

  replace(): void {
    this.running.shift()?.kill('SIGKILL')
    this.killed++
    this.start()
  }

  stop(): void {
    for (const child of this.running) child.kill('SIGKILL')
  }
}

async function settled({ sql }: Stack, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (Date.now() < end) {
    const [row] = await sql`select count(*)::int as waiting from webhook_deliveries where status = 'pending'`
    if (row?.waiting === 0) return
    await sleep(500)
  }
}

async function audit(stack: Stack, targets: Target[], ids: string[], kills: number) {
  const breaches: string[] = []
  const rows = await stack.sql`
    select endpoint_id, status, count(*)::int from webhook_deliveries group by 1, 2 order by 1, 2`
  for (const row of rows) {
    if (row.status !== 'delivered') breaches.push(`${row.count} deliveries are ${row.status}`)
  }
  const rowsOf = (id: string) =>
    rows.filter((row) => row.endpoint_id === id).reduce((sum, row) => sum + row.count, 0)
  let tries = 0
  let doubled = 0
  for (const target of targets) {
    const wanted = new Set(ids)
    if (rowsOf(target.id) !== ids.length)
      breaches.push(`${target.id} has ${rowsOf(target.id)} rows of ${ids.length}`)
    const taken = new Map<string, number>()
    for (const { id, behaviour } of target.judged) {
      if (behaviour === 'takes') taken.set(id, (taken.get(id) ?? 0) + 1)
      if (!wanted.has(id)) breaches.push(`${id} was never told`)
    }
    const lost = ids.filter((id) => !taken.has(id))
    if (lost.length > 0) breaches.push(`${target.id} never took ${lost.length} events`)
    breaches.push(...unsigned(stack, target))
    tries += target.judged.length
    doubled += [...taken.values()].filter((count) => count > 1).length
  }
  const pairs = ids.length * targets.length
  if (doubled > pairs * 0.02) breaches.push(`${doubled} of ${pairs} were taken more than once, above 2 %`)
  return {
    cases: pairs,
    breaches,
    note: `${tries} tries, ${kills} kills, ${doubled} taken twice`,
  }
}

/** Tries that one of the two libraries does not accept, or whose body has another id than their header. */
function unsigned(stack: Stack, { secret, receiver }: Target): string[] {
  const webhook = new Webhook(secret)
  return receiver.received.flatMap(({ id, headers, body, at }) => {
    try {
      const stamp = Number(headers['webhook-timestamp'])
      if (Math.abs(stamp - at / 1000) > 60) throw new Error('its time is not that of the try')
      const signature = String(headers['stripe-signature'])
      const event = stack.sandbox.stripe.webhooks.constructEvent(body, signature, secret, 86_400)
      const expected = webhook.sign(id, new Date(stamp * 1000), body)
      if (headers['webhook-signature'] !== expected) throw new Error('Standard Webhooks refuses it')
      return event.id === id ? [] : [`${id} carried ${event.id}`]
    } catch (error) {
      return [`${id}: ${error instanceof Error ? error.message : error}`]
    }
  })
}
