import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Finished, run } from './run'
import { StartError } from './start-error'

/** `flaky`: of those that passed, the ones that did so at the second try. */
export type Counts = { passed: number; failed: number; skipped: number; flaky: number }

export const none: Counts = { passed: 0, failed: 0, skipped: 0, flaky: 0 }

export function add(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    flaky: one.flaky + other.flaky,
  }
}

/** Runs a program of the project's dependencies. */
export function npx(args: string[], options: { env?: Record<string, string>; signal?: AbortSignal } = {}) {
  return run('npx', ['--no-install', ...args], options)
}

/** A step that counts nothing: it succeeds or it fails. */
export async function check(step: Promise<Finished>): Promise<Counts> {
  const { ok, how, output } = await step
  if (!ok) throw new StartError(`${output.trim()}\n(${how})`)
  return none
}

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
}

/** Runs one project of vitest. @throws StepFailed with its output where a test failed or none ran. */
export async function vitest(
  project: string,
  env: Record<string, string>,
  signal: AbortSignal,
  more: string[] = [],
): Promise<Counts> {
  return counted('vitest.json', async (file) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const finished = await npx(['vitest', 'run', '--project', project, ...reporters, ...more], {
      env,
      signal,
    })
    return {
      finished,
      read: (text) => {
        const report = JSON.parse(text) as VitestReport
        return {
          passed: report.numPassedTests,
          failed: report.numFailedTests,
          skipped: report.numPendingTests + report.numTodoTests,
          flaky: 0,
        }
      },
    }
  })
}

/** The same in two halves side by side, each with a stack of its own: such tests wait more than they reckon. */
export async function vitestHalves(
  project: string,
  env: Record<string, string>,
  signal: AbortSignal,
): Promise<Counts> {
  const halves = await Promise.allSettled(
    ['1/2', '2/2'].map((half) => vitest(project, env, signal, ['--shard', half])),
  )
  let counts = none
  const outputs: string[] = []
  for (const half of halves) {
    if (half.status === 'fulfilled') counts = add(counts, half.value)
    else if (!(half.reason instanceof StepFailed)) throw half.reason
    else {
      counts = add(counts, half.reason.counts)
      outputs.push(half.reason.output)
    }
  }
  if (outputs.length > 0) throw new StepFailed(outputs.join('\n'), counts)
  return counts
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }

/** Runs the browser tests. @throws StepFailed with their output where one failed or none ran. */
export async function playwright(env: Record<string, string>, signal: AbortSignal): Promise<Counts> {
  return counted('playwright.json', async (file) => {
    const finished = await npx(['playwright', 'test', '--reporter=line,json'], {
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
      signal,
    })
    return {
      finished,
      read: (text) => {
        const { stats } = JSON.parse(text) as PlaywrightReport
        return {
          passed: stats.expected + stats.flaky,
          failed: stats.unexpected,
          skipped: stats.skipped,
          flaky: stats.flaky,
        }
      },
    }
  })
}

/** A step with failed tests: what it said and what it had counted until then. */
export class StepFailed extends Error {
  constructor(
    readonly output: string,
    readonly counts: Counts,
  ) {
    super('a step failed')
  }
}

async function counted(
  name: string,
  start: (file: string) => Promise<{ finished: Finished; read: (text: string) => Counts }>,
): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'buylink-report-'))
  try {
    const file = join(folder, name)
    const { finished, read } = await start(file)
    let counts = none
    try {
      counts = read(readFileSync(file, 'utf8'))
    } catch {
      // No report: the runner itself failed, and its output says why.
    }
    const sound = finished.ok && counts.failed === 0 && counts.passed > 0
    if (!sound) throw new StepFailed(`${finished.output.trim()}\n(${finished.how})`, counts)
    return counts
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
