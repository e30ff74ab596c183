import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@/lib/errors'
import { allCases, type Case, type Report, someCases, type Task } from './cases'
import { operationsOn } from './operations'

const task = JSON.parse(process.argv[2] ?? '') as Task
const { sandbox, sql, ledger, operations } = operationsOn(task.addresses)
const patience = 40_000
/** Cases in which every fault that was set did strike. */
let struck = 0

async function runCase({ operation, fault, strike }: Case): Promise<string[]> {
  const known = operations[operation]
  if (!known) return ['there is no such operation']
  await sandbox.clearFaults()
  // The second call is struck in its second intention.
  const intentions = [await known.begin(), ...(strike.nth > 1 ? [await known.begin()] : [])]
  if (known.also) {
    await sandbox.addFault({ operation: known.also, kind: '500', position: 'after', nth: 1 })
  }
  await sandbox.addFault({ ...fault, operation: known.struck, nth: strike.nth, times: strike.times })
  for (const intention of intentions) await persist(intention.ask)
  struck += (await hits()) > 0 ? 1 : 0
  await sandbox.clearFaults()
  const wrong: string[] = []
  for (const intention of intentions) wrong.push(...(await intention.judge()))
  return wrong
}

async function hits(): Promise<number> {
  const response = await fetch(`${task.addresses.sandboxUrl}/_sandbox/faults`)
  const { data } = (await response.json()) as { data: { operation: string; hits: number }[] }
  return Math.min(...data.map((fault) => fault.hits))
}

async function persist(ask: () => Promise<unknown>): Promise<void> {
  const until = Date.now() + patience
  for (;;) {
    try {
      await ask()
      return
    } catch (error) {
      const passes = error instanceof AppError && error.code === 'stripe_unavailable'
      if (!passes || Date.now() > until) throw error
      await sleep(300)
    }
  }
}

/** What has to hold of the whole run, whatever the faults were. */
async function invariants(): Promise<string[]> {
  type Call = {
    id: string
    idempotency_key?: string
    fingerprint?: string
    method?: string
    operation?: string
  }
  const calls = (await ledger('calls')) as Call[]
  const keys = new Map<string, string>()
  const wrong: string[] = []
  for (const { idempotency_key: key, fingerprint = '', method, operation = '' } of calls) {
    if (!key) {
      if (method === 'POST' && /create$/.test(operation)) wrong.push(`a ${operation} without a key`)
      continue
    }
    if ((keys.get(key) ?? fingerprint) !== fingerprint) wrong.push(`the key ${key} was used for two bodies`)
    keys.set(key, fingerprint)
  }
  const drifted = await sql`
    select idempotency_key from stripe_calls where params_hash <> encode(sha256(convert_to(params, 'UTF8')), 'hex')`
  return [...wrong, ...drifted.map((row) => `the parameters of ${row.idempotency_key} changed`)]
}

const every = allCases(Object.keys(operations), ['list sessions', 'list events'])
const cases = task.count === null ? every : someCases(every, task.count, task.seed)
const breaches: string[] = []
for (const one of cases) {
  const name = `${one.operation}, ${one.fault.kind} ${one.fault.position}, ${one.strike.name}`
  try {
    breaches.push(...(await runCase(one)).map((wrong) => `${name}: ${wrong}`))
  } catch (error) {
    breaches.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
await sandbox.clearFaults()
breaches.push(...(await invariants()))
if (struck < cases.length) breaches.push(`${cases.length - struck} cases were struck by no fault`)
const report: Report = { cases: cases.length, breaches, note: `${struck} struck` }
console.log(JSON.stringify(report))
process.exit(0)
