import { expect, test } from 'vitest'
import { chaosTests, runChaosTest } from '../support/chaos'

const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31))

test.each(chaosTests().map((one) => [`${one.letter.toUpperCase()} ${one.name}`, one] as const))(
  `%s keeps its promise (seed ${seed})`,
  async (_name, one) => {
    const { breaches, cases, error } = await runChaosTest(
      one,
      { seed, scale: 'short' },
      new AbortController().signal,
    )
    expect(error).toBeNull()
    expect(breaches).toEqual([])
    expect(cases).toBeGreaterThan(0)
  },
)
