import { join } from 'node:path'
import { migrate } from '@/db/migrate'
import { buildApplication } from './build-application'
import { isBuildFresh } from './build-state'
import type { Child } from './child'
import { loadEnvFile } from './env-file'
import { startApplication, startSandbox } from './parts'
import { makePlan, type Plan } from './plan'
import { startPostgres } from './postgres/server'
import { runScript } from './run'
import { report, StartError } from './start-error'

export type HouseOptions = {
  /** What to run in it: the built application, the development server, or nothing but the seed. */
  run: 'start' | 'dev' | 'seed'
}

/** Something that was started: how to stop it, and what to say should it end by itself. */
type Started = { stop(): Promise<void>; lost?: Promise<string> }

const say = (line: string) => console.log(line)

/**
 * Starts what the configuration leaves to us (database, sandbox), brings the database up to date and runs the
 * application in it, until a signal comes or something we started ends. Then stops what was started, and
 * nothing else, and ends this process: with 0 after a signal, with 1 after a failure.
 */
export async function runHouse({ run }: HouseOptions): Promise<void> {
  const stopping = new AbortController()
  // npm passes on the signals that the terminal has already sent to us: the second one means nothing.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort())
  const started: Started[] = []
  let failed = false
  try {
    await open(run, started, stopping.signal)
    if (run !== 'seed') await untilLost(started, stopping.signal)
  } catch (error) {
    failed = !stopping.signal.aborted
    if (failed) report(error)
  }
  for (const { stop } of started.reverse()) {
    await stop().catch((error) => {
      failed = true
      report(error)
    })
  }
  process.exit(failed ? 1 : 0)
}

async function untilLost(started: Started[], signal: AbortSignal): Promise<void> {
  await Promise.race([
    new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve())
      if (signal.aborted) resolve()
    }),
    ...started.map(async ({ lost }) => {
      if (!lost) return new Promise<never>(() => {})
      throw new StartError(await lost)
    }),
  ])
}

async function open(run: HouseOptions['run'], started: Started[], signal: AbortSignal): Promise<void> {
  loadEnvFile()
  const plan = await makePlan({
    serves: run !== 'seed',
    keep: (release) => started.push({ stop: async () => release() }),
  })
  if (run === 'seed' && !plan.sandbox && !process.env.STRIPE_API_BASE) {
    throw new StartError('The demo catalogue is for the sandbox, and these keys are of a Stripe account.')
  }
  const env = plan.env
  if (plan.postgres) {
    const server = await startPostgres({ directory: plan.directory, port: plan.postgres.port, log: say })
    started.push({ stop: server.stop, lost: server.lost.then((error) => error.message) })
    env.DATABASE_URL = await server.ensureDatabase('buylink')
    if (plan.sandbox) plan.sandbox.databaseUrl = await server.ensureDatabase('stripe_sandbox')
    say(`Postgres runs on port ${server.port}, its data is in ${join(plan.directory, 'postgres')}`)
  }
  signal.throwIfAborted()
  await bringUpToDate(databaseUrl(plan))
  if (plan.sandbox) started.push(watched('The sandbox', await startSandbox(plan.sandbox, show)))
  signal.throwIfAborted()
  if (plan.sandbox || run === 'seed') await script('scripts/seed-database.ts', env, signal)
  if (run === 'seed') return
  if (run === 'start' && !isBuildFresh()) {
    say('Building the application, which takes about half a minute…')
    await buildApplication({ quiet: true, signal })
  }
  signal.throwIfAborted()
  started.push(watched('The application', await startApplication({ ...plan, run }, show)))
  say(await script('scripts/welcome.ts', { ...env, SANDBOX_WINDOW: plan.sandbox?.publicUrl ?? '' }, signal))
}

function databaseUrl(plan: Plan): string {
  return plan.env.DATABASE_URL ?? process.env.DATABASE_URL ?? ''
}

async function bringUpToDate(url: string): Promise<void> {
  try {
    await migrate(url)
  } catch (error) {
    const { host, pathname } = new URL(url)
    const reason =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new StartError(
      `The database at ${host}${pathname} could not be brought up to date: ${reason}. Check DATABASE_URL.`,
    )
  }
}

const show = (text: string) => void process.stdout.write(text)

/** A child to stop in its turn, and whose end nobody asked for is the end of all. */
function watched(name: string, { stop, lost }: Child): Started {
  return { stop, lost: lost.then((how) => `${name} ended unexpectedly (${how}).`) }
}

/** Runs one of the programs that know the domain, which this one does not. @returns what it wrote. */
async function script(path: string, env: Record<string, string>, signal: AbortSignal): Promise<string> {
  const { ok, output } = await runScript(path, { env, signal })
  if (!ok) throw new StartError(`${path} failed:\n${output}`)
  return output.trimEnd()
}
