import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import {
  type ChaosInput,
  type ChaosOutcome,
  type ChaosTest,
  chaosTests,
  runChaosTest,
} from '@/tests/support/chaos'
import { testServer } from '@/tests/support/database'
import { buildApplication } from './build-application'
import { isBuildFresh } from './build-state'
import { type MutantOutcome, mutants, runMutants } from './mutants'
import { report, StartError } from './start-error'

/** 0: every promise held. 1: one was broken. 2: something could not be run, so nothing is proven. */
type Verdict = 0 | 1 | 2

function options() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      seed: { type: 'string' },
      short: { type: 'boolean', default: false },
      mutants: { type: 'string' },
    },
  })
  const letters = values.only?.toLowerCase().split(',')
  const tests = chaosTests().filter(({ letter }) => !letters || letters.includes(letter))
  const unknown = letters?.filter((letter) => !tests.some((test) => test.letter === letter)) ?? []
  if (unknown.length > 0) throw new StartError(`There is no core test ${unknown.join(', ')}.`)
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed)
  if (!Number.isInteger(seed) || seed < 0) throw new StartError('--seed takes a whole number.')
  const input: ChaosInput = { seed, scale: values.short ? 'short' : 'full' }
  return { tests, input, mutants: chosenMutants(values.mutants, letters !== undefined) }
}

/** All at the end of a whole run, none beside a choice of tests; `--mutants` says otherwise. */
function chosenMutants(wanted: string | undefined, isPartial: boolean) {
  if (wanted === undefined) return isPartial ? [] : mutants
  if (wanted === 'none' || wanted === 'all') return wanted === 'all' ? mutants : []
  const names = wanted.split(',')
  const unknown = names.filter((name) => !mutants.some((mutant) => mutant.name === name))
  if (unknown.length > 0) throw new StartError(`There is no mutant ${unknown.join(', ')}.`)
  return mutants.filter(({ name }) => names.includes(name))
}

const columns = (cells: [string, number][]) => cells.map(([text, width]) => text.padEnd(width)).join(' ')

function line(test: string, cases: string, breaches: string, seconds: number, note: string): string {
  const time = `${seconds.toFixed(0)} s`
  return columns([
    [test, 36],
    [cases, 8],
    [breaches, 9],
    [time, 7],
    [note, 0],
  ]).trimEnd()
}

function testLine({ letter, name }: ChaosTest, outcome: ChaosOutcome): string {
  const breaches = outcome.error === null ? String(outcome.breaches.length) : 'not run'
  return line(
    `${letter.toUpperCase()} ${name}`,
    String(outcome.cases),
    breaches,
    outcome.seconds,
    outcome.note ?? '',
  )
}

function mutantLine({ name, by, outcome, seconds }: MutantOutcome): string {
  return line(`  ${name}`, '', outcome, seconds, `test ${by.toUpperCase()}`)
}

async function runAll(signal: AbortSignal): Promise<Verdict> {
  const { tests, input, mutants: chosen } = options()
  const since = Date.now()
  console.log(
    `seed ${input.seed}, scale ${input.scale}, ${availableParallelism()} cores, Node ${process.versions.node}\n`,
  )
  const server = await testServer()
  process.env.TEST_DATABASE_URL = server.url
  let verdict: Verdict = 0
  const worse = (found: Verdict) => {
    verdict = Math.max(verdict, found) as Verdict
  }
  try {
    if (!isBuildFresh()) await buildApplication({ quiet: true, signal })
    console.log(
      columns([
        ['test', 36],
        ['cases', 8],
        ['breaches', 9],
        ['time', 7],
        ['', 0],
      ]).trimEnd(),
    )
    for (const test of tests) {
      signal.throwIfAborted()
      const outcome = await runChaosTest(test, input, signal)
      console.log(testLine(test, outcome))
      for (const breach of outcome.breaches.slice(0, 20)) console.log(`    ${breach}`)
      if (outcome.error !== null) console.log(outcome.error)
      worse(outcome.error !== null ? 2 : outcome.breaches.length > 0 ? 1 : 0)
    }
    if (chosen.length > 0) {
      const outcomes: MutantOutcome[] = []
      console.log('')
      await runMutants(chosen, input.seed, signal, (outcome) => {
        outcomes.push(outcome)
        console.log(mutantLine(outcome))
        if (outcome.detail) console.log(`    ${outcome.detail}`)
        worse(outcome.outcome === 'caught' ? 0 : outcome.outcome === 'survived' ? 1 : 2)
      })
      const caught = outcomes.filter(({ outcome }) => outcome === 'caught').length
      console.log(`mutants caught: ${caught} of ${outcomes.length}`)
    }
  } finally {
    await server.stop()
  }
  const minutes = ((Date.now() - since) / 60_000).toFixed(1)
  const words = ['every promise held', 'a promise was broken', 'not everything could be run']
  console.log(`\n${words[verdict]}: seed ${input.seed}, ${minutes} minutes`)
  return verdict
}

const stopping = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort())
const verdict = await runAll(stopping.signal).catch((error: unknown): Verdict => {
  report(error)
  return 2
})
process.exit(verdict)
