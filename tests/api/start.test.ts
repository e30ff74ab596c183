import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stripeJsUrl } from '@/lib/stripe/browser'
import { freePort } from '@/scripts/ports'
import { isAlive } from '@/scripts/processes'
import { sharedStack } from '../support/api'
import { eventually } from '../support/buyer'
import { SandboxControl } from '../support/sandbox'
import { type StartProcess, startProcess } from '../support/start-process'

const stack = sharedStack()
const running: StartProcess[] = []
let folder: string
let env: { DATA_DIR: string; PORT: string; SANDBOX_PORT: string; POSTGRES_PORT: string }

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'buylink-start-'))
  env = {
    DATA_DIR: join(folder, 'data'),
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
    POSTGRES_PORT: String(await freePort()),
  }
})

afterEach(async () => {
  for (const started of running.splice(0)) {
    started.signal('SIGTERM')
    await started.ended
  }
  const database = join(env.DATA_DIR, 'postgres')
  if (existsSync(database)) rmSync(realpathSync(database), { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

function start(more: Record<string, string> = {}): StartProcess {
  const started = startProcess({ ...env, ...more })
  running.push(started)
  return started
}

async function isOpen(port: string): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' }).then(
    () => true,
    () => false,
  )
}

/** What a process has started, with its command lines. */
function childrenOf(pid: number): { pid: number; command: string }[] {
  const pids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  return pids.map((child) => ({
    pid: Number(child),
    command: readFileSync(`/proc/${child}/cmdline`, 'utf8'),
  }))
}

/** The address of the running database server, from its pid file. */
function databasePort(): string {
  return readFileSync(join(env.DATA_DIR, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[3] ?? ''
}

describe('a trial with nothing configured', () => {
  test('runs, refuses a second start, stops whole, and has lost nothing when it comes back', async () => {
    const first = start()
    await first.ready()
    const link = /http:\/\/\S+\/quiet-machine/.exec(first.output())?.[0] ?? ''
    expect((await fetch(link)).status).toBe(200)
    expect(first.output()).toMatch(/Set up +http:\/\/localhost:\d+\/setup\?token=\S+/)
    expect((await fetch(`http://127.0.0.1:${env.SANDBOX_PORT}/`)).status).toBe(200)

    const second = start({ PORT: String(await freePort()) })
    expect(await second.ended).toBe(1)
    expect(second.output()).toBe(
      `Buylink already runs in this directory (process ${first.pid}): stop it first.\n`,
    )
    expect((await fetch(link)).status).toBe(200)

    const opened = await fetch(`${link}/session`, {
      method: 'POST',
      headers: { origin: new URL(link).origin, 'content-type': 'application/json' },
      body: JSON.stringify({ search: '', referrer: '' }),
    })
    const { client_secret } = (await opened.json()) as { client_secret: string }
    const database = databasePort()
    first.signal('SIGINT')
    expect(await first.ended).toBe(0)
    for (const port of [env.PORT, env.SANDBOX_PORT, database]) expect(await isOpen(port)).toBe(false)

    const again = start()
    await again.ready()
    expect((await fetch(link)).status).toBe(200)
    const { stripeSecretKey } = JSON.parse(readFileSync(join(env.DATA_DIR, 'secrets.json'), 'utf8'))
    const sandbox = new SandboxControl(`http://127.0.0.1:${env.SANDBOX_PORT}`, stripeSecretKey)
    const session = await sandbox.stripe.checkout.sessions.retrieve(client_secret.split('_secret_')[0] ?? '')
    expect(session.status).toBe('open')
  })

  test('starts once of two at once, and comes back after it was killed outright', async () => {
    const other = {
      PORT: String(await freePort()),
      SANDBOX_PORT: String(await freePort()),
      POSTGRES_PORT: '',
    }
    const both = [start(), start(other)] as const
    const refused = await Promise.race(both.map((each) => each.ended.then(() => each)))
    const first = both.find((each) => each !== refused) as StartProcess
    await first.ready()
    expect(await refused.ended).toBe(1)
    expect(refused.output()).toBe(
      `Buylink already runs in this directory (process ${first.pid}): stop it first.\n`,
    )
    if (first === both[1]) env = { ...env, ...other }
    first.signal('SIGKILL')
    await first.ended
    for (let tries = 0; tries < 200 && (await isOpen(env.PORT)); tries++) await sleep(50)
    const again = start()
    await again.ready()
    expect((await fetch(`http://127.0.0.1:${env.PORT}/quiet-machine`)).status).toBe(200)
  })

  test.runIf(process.platform === 'linux')('says which part died and ends with a failure', async () => {
    const started = start()
    await started.ready()
    const sandbox = childrenOf(started.pid).find(({ command }) => command.includes('sandbox/main.ts'))
    process.kill(sandbox?.pid as number, 'SIGKILL')
    expect(await started.ended).toBe(1)
    expect(started.output()).toContain('The sandbox ended unexpectedly (SIGKILL).')
    expect(await isOpen(env.PORT)).toBe(false)
  })

  test.runIf(process.platform === 'linux')('leaves nothing behind when it is stopped early', async () => {
    const started = start()
    const children = await eventually(async () => {
      const found = childrenOf(started.pid)
      return found.some(({ command }) => command.includes('seed-database')) ? found : null
    }, 60)
    started.signal('SIGINT')
    expect(await started.ended).toBe(0)
    expect(children.filter(({ pid }) => isAlive(pid))).toEqual([])
    expect(started.output()).toMatch(/^Postgres runs on port .*\n$/)
  })

  test.each(['PORT', 'SANDBOX_PORT', 'POSTGRES_PORT'] as const)(
    'a taken %s is said in one sentence',
    async (variable) => {
      const server = createServer().listen(Number(env[variable]), '127.0.0.1')
      const started = start()
      expect(await started.ended).toBe(1)
      expect(started.output()).toBe(
        `Port ${env[variable]} is taken: set ${variable} to another one, or stop what uses it.\n`,
      )
      server.close()
    },
  )
})

test('with a database and Stripe’s keys it starts the application and nothing else', async () => {
  // No worker: nothing may be asked of Stripe with keys that are none.
  const real = { STRIPE_API_BASE: '', STRIPE_JS_URL: '', WORKER: 'off' }
  const started = start({ ...stack.env, ...real, PORT: env.PORT })
  await started.ready()
  expect((await fetch(`http://127.0.0.1:${env.PORT}/readyz`)).status).toBe(200)
  const page = await fetch(`http://127.0.0.1:${env.PORT}/quiet-machine`)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain(stripeJsUrl)
  expect(started.output()).not.toMatch(/Postgres|Sandbox/)
  expect(existsSync(env.DATA_DIR)).toBe(false)
  started.signal('SIGTERM')
  expect(await started.ended).toBe(0)
})

describe('a wrong configuration ends it before anything starts', () => {
  test.each([
    ['STRIPE_WEBHOOK_SECRET', 'is missing', { STRIPE_WEBHOOK_SECRET: '' }],
    ['STRIPE_SECRET_KEY', 'is missing', { STRIPE_SECRET_KEY: '' }],
    ['STRIPE_PUBLISHABLE_KEY', 'is a live key', { STRIPE_PUBLISHABLE_KEY: 'pk_live_51Hc9vKq8sT2' }],
    ['BUYLINK_SECRET', 'is shorter than 32 characters', { BUYLINK_SECRET: 'f3a9c1d27b6e4805' }],
    ['STRIPE_API_BASE', 'a live key', { STRIPE_SECRET_KEY: 'sk_live_51Hc9vKq8sT2' }],
    ['BASE_URL', 'is not an https address', { STRIPE_SECRET_KEY: 'sk_live_51Hc9vKq8sT2' }],
  ])('%s %s', async (variable, problem, wrong) => {
    const started = start({ ...stack.env, PORT: env.PORT, ...wrong })
    expect(await started.ended).toBe(1)
    const line = started
      .output()
      .split('\n')
      .find((text) => text.startsWith(`${variable} `))
    expect(line).toContain(problem)
    expect(await isOpen(env.PORT)).toBe(false)
  })

  test('a bare next start refuses it too', async () => {
    const refusal = stack.startApp({ STRIPE_WEBHOOK_SECRET: '' })
    await expect(refusal).rejects.toThrow('STRIPE_WEBHOOK_SECRET is missing')
  })
})
