import { emptyDatabase, type TestServer, testServer } from '@/tests/support/database'
import { requireBrowser } from './browser'
import { buildApplication } from './build-application'
import { isBuildFresh } from './build-state'
import { run } from './run'
import { report } from './start-error'
import {
  add,
  type Counts,
  check,
  none,
  npx,
  playwright,
  StepFailed,
  vitest,
  vitestHalves,
} from './test-steps'

type TestEnv = { TEST_DATABASE_URL: string; CI: string }

/** Everything that has to be right, quickest first. */
const steps = (env: TestEnv, signal: AbortSignal): [string, () => Promise<Counts>][] => [
  ['browser', () => requireBrowser(signal).then(() => none)],
  ['lint', () => check(npx(['biome', 'check', '.'], { signal }))],
  ['texts', () => check(run('npm', ['run', '--silent', 'messages'], { signal }))],
  ['types', () => check(run('npm', ['run', '--silent', 'typecheck'], { signal }))],
  ['unit', () => vitest('unit', env, signal)],
  ['sandbox', () => sandbox(env, signal)],
  ['build', () => build(signal)],
  ['api', () => vitestHalves('api', env, signal)],
  ['chaos', () => vitest('chaos', env, signal)],
  ['e2e', () => playwright(env, signal)],
]

/** Runs the steps up to the first that fails. */
async function runAll(signal: AbortSignal): Promise<{ ok: boolean; counts: Counts }> {
  let counts = none
  let server: TestServer | undefined
  try {
    server = await testServer()
    for (const [name, step] of steps({ TEST_DATABASE_URL: server.url, CI: '1' }, signal)) {
      const since = Date.now()
      const result = await step()
      counts = add(counts, result)
      const seconds = ((Date.now() - since) / 1000).toFixed(1)
      console.log(`${name.padEnd(8)} ${result === none ? 'ok' : describe(result)} (${seconds} s)`)
    }
    return { ok: true, counts }
  } catch (error) {
    if (!(error instanceof StepFailed)) {
      report(error)
      return { ok: false, counts }
    }
    console.error(error.output)
    return { ok: false, counts: add(counts, error.counts) }
  } finally {
    await server?.stop().catch(report)
  }
}

function describe({ passed, flaky }: Counts): string {
  return flaky > 0 ? `${passed} passed, ${flaky} flaky` : `${passed} passed`
}

/** The sandbox shares no database with the application, and no tables. */
async function sandbox(env: TestEnv, signal: AbortSignal): Promise<Counts> {
  const TEST_DATABASE_URL = await emptyDatabase(env.TEST_DATABASE_URL)
  return vitest('sandbox', { ...env, TEST_DATABASE_URL }, signal, ['--maxWorkers', '2'])
}

async function build(signal: AbortSignal): Promise<Counts> {
  if (!isBuildFresh()) await buildApplication({ quiet: true, signal })
  return none
}

const stopping = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort())
const { ok, counts } = await runAll(stopping.signal)
const failed = ok ? 0 : Math.max(1, counts.failed)
console.log(`${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped`)
process.exit(ok ? 0 : 1)
