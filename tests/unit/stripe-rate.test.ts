import { describe, expect, test } from 'vitest'
import { Breaker } from '@/lib/stripe/breaker'
import { Bucket } from '@/lib/stripe/bucket'

describe('the token bucket', () => {
  // Mutant: turns are given without counting. Stripe then answers 429 to a busy link by our own doing.
  test.each([15, 18, 75])('at %i a second gives at most a quarter more in any second', (rate) => {
    const bucket = new Bucket(rate)
    const start = 1_000_000
    const turns = Array.from({ length: rate * 5 }, () => start + bucket.take(start))
    const most = Math.max(...turns.map((from) => turns.filter((at) => at >= from && at < from + 1000).length))
    expect(most).toBeLessThanOrEqual(Math.ceil(rate * 1.25))
    expect((turns.at(-1) ?? 0) - start).toBeLessThan(5000)
  })

  test('pauses a second when Stripe says that it is too much, once for many', () => {
    const bucket = new Bucket(10)
    for (let told = 0; told < 5; told++) bucket.slowDown(5000)
    expect(bucket.take(5000)).toBeGreaterThan(1000)
    expect(new Bucket(10).take(5000)).toBe(0)
    expect(bucket.wait(8000)).toBe(0)
  })
})

describe('the breaker', () => {
  const broken = (at: number) => {
    const breaker = new Breaker()
    for (let failure = 0; failure < 5; failure++) breaker.failed(at, false)
    return breaker
  }

  test('opens after nothing but failures', () => {
    const breaker = new Breaker()
    for (let failure = 0; failure < 4; failure++) breaker.failed(0, false)
    breaker.answered()
    for (let failure = 0; failure < 4; failure++) breaker.failed(0, false)
    expect(breaker.enter(0)).toEqual({ probe: false })
    breaker.failed(0, false)
    expect(breaker.enter(0)).toEqual({ wait: 1000 })
  })

  test('lets one call through after its pause, and closes with its success', () => {
    const breaker = broken(0)
    expect(breaker.enter(1000)).toEqual({ probe: true })
    expect(breaker.enter(1000)).toHaveProperty('wait')
    breaker.answered()
    expect(breaker.enter(1000)).toEqual({ probe: false })
  })

  // Mutant: the pause doubles without end. Stripe is back for an hour, and the shop is still closed.
  test('never waits longer than eight seconds, however long Stripe was away', () => {
    const breaker = broken(0)
    let now = 1000
    for (let round = 0; round < 50; round++) {
      const entry = breaker.enter(now)
      if ('wait' in entry) {
        expect(entry.wait).toBeLessThanOrEqual(8000)
        now += entry.wait
      } else breaker.failed(now, entry.probe)
    }
    expect(now).toBeGreaterThan(100_000)
  })
})
