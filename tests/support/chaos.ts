import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@/scripts/build-state'

/** `short` is part of every test run; `full` is what is published. */
export type ChaosScale = 'short' | 'full'
export type ChaosInput = { seed: number; scale: ChaosScale }
export type ChaosResult = {
  /** What was tried, in the unit the test counts in. */
  cases: number
  /** Every broken promise, one sentence each. */
  breaches: string[]
  note?: string
}
export type ChaosModule = { run(input: ChaosInput): Promise<ChaosResult> }

/** A core test: `a` and `exactly-once` of `tests/chaos/a-exactly-once.ts`. */
export type ChaosTest = { letter: string; name: string; file: string }

/** What became of one test; `error` says why it could not be run to its end, which is no verdict. */
export type ChaosOutcome = ChaosResult & { seconds: number; error: string | null }

const folder = join(root, 'tests', 'chaos')

/** The core tests that there are, in the order of their letters. */
export function chaosTests(): ChaosTest[] {
  return readdirSync(folder)
    .flatMap((entry) => {
      const [, letter, name] = /^([a-z])-([\w-]+)\.ts$/.exec(entry) ?? []
      return letter && name && !entry.endsWith('.test.ts')
        ? [{ letter, name, file: join(folder, entry) }]
        : []
    })
    .sort((one, other) => one.letter.localeCompare(other.letter))
}

const patience: Record<ChaosScale, number> = { short: 300_000, full: 2_400_000 }

/**
 * Runs a core test in a process of its own, so that what one leaves behind (a cached environment, an open
 * handle, memory) cannot help or hurt another. Does not throw.
 */
export function runChaosTest(
  test: Pick<ChaosTest, 'file'>,
  input: ChaosInput,
  signal: AbortSignal,
): Promise<ChaosOutcome> {
  const since = Date.now()
  const limit = AbortSignal.timeout(patience[input.scale])
  return new Promise((resolve) => {
    const args = ['--import', 'tsx', 'scripts/chaos-child.ts', test.file, String(input.seed), input.scale]
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      signal: AbortSignal.any([signal, limit]),
      killSignal: 'SIGKILL',
    })
    let said = ''
    const collect = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000)
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    let result: ChaosResult | undefined
    child.on('message', (message) => {
      result = message as ChaosResult
    })
    let failure = ''
    child.once('error', (error) => {
      failure = error.message
    })
    child.once('close', (code, by) => {
      const seconds = (Date.now() - since) / 1000
      if (result) return resolve({ ...result, seconds, error: null })
      const how = limit.aborted ? 'out of time' : failure || (by ?? `exit code ${code}`)
      resolve({ cases: 0, breaches: [], seconds, error: `It did not end (${how}):\n${said.trim()}` })
    })
  })
}
