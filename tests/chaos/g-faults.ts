import { run as runProgram } from '@/scripts/run'
import { startStack } from '@/tests/support/stack'
import type { Report, Task } from './faults/cases'

/**
 * G: every fault of the catalogue × eight operations × first, second and first three calls, against the
 * sandbox. At most one object per intention, the right end state, and nobody is told to pay again.
 *
 * Mutants: a new key on retry; a new key after a stored failure without looking; `now()` in frozen parameters.
 */
export async function run({ seed, scale }: { seed: number; scale: 'short' | 'full' }): Promise<Report> {
  const stack = await startStack({ app: false, seed: true })
  try {
    await stack.sandbox.webhooks({ action: 'drop' })
    const task: Task = { addresses: stack.addresses, seed, count: scale === 'short' ? 25 : null }
    // In a process of its own: the product keeps its connections and its environment for the life of one.
    const finished = await runProgram(
      process.execPath,
      ['--import', 'tsx', 'tests/chaos/faults/main.ts', JSON.stringify(task)],
      { env: { ...stack.env, STRIPE_TIMEOUT_SECONDS: '1', SWEEP_SECONDS: '1', LOG_LEVEL: 'silent' } },
    )
    const last = finished.output.trim().split('\n').at(-1) ?? ''
    if (!finished.ok) return { cases: 0, breaches: [`${finished.how}: ${finished.output.slice(-2000)}`] }
    return JSON.parse(last) as Report
  } finally {
    await stack.stop()
  }
}
