import { afterAll, expect, test } from 'vitest'
import { type ChaosOutcome, type ChaosTest, chaosTests, runChaosTest } from '../support/chaos'
import { eachOf } from '../support/crowd'

const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31))
const stopping = new AbortController()
afterAll(() => stopping.abort())

/** Three at a time: each waits for much that is not work. */
const outcomes = new Map<ChaosTest, Promise<ChaosOutcome>>()
const tell = new Map<ChaosTest, (outcome: ChaosOutcome) => void>()
for (const one of chaosTests()) outcomes.set(one, new Promise((resolve) => tell.set(one, resolve)))
const running = eachOf([...outcomes.keys()], 3, async (one) => {
  tell.get(one)?.(await runChaosTest(one, { seed, scale: 'short' }, stopping.signal))
})
afterAll(() => running)

test.each([...outcomes.keys()].map((one) => [`${one.letter.toUpperCase()} ${one.name}`, one] as const))(
  `%s keeps its promise (seed ${seed})`,
  async (_name, one) => {
    const outcome = await outcomes.get(one)
    expect(outcome?.error).toBeNull()
    expect(outcome?.breaches).toEqual([])
    expect(outcome?.cases).toBeGreaterThan(0)
  },
)
