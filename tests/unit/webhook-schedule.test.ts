import { describe, expect, test } from 'vitest'
import { failureSeconds, hasFailedTooLong, nextWait, readRetryAfter, schedule } from '@/lib/events/schedule'

const now = new Date('2026-11-21T12:00:00Z')

describe('the schedule', () => {
  test('is the published one, ten tries in about three days', () => {
    expect(schedule).toEqual([0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400])
    expect(schedule.reduce((sum, wait) => sum + wait, 0) / 3600).toBeCloseTo(75.6, 1)
  })

  // Mutant: no jitter, or more than ± 20 %.
  test.each(schedule.map((wait, step) => [step, wait]))(
    'waits around its time before try %i',
    (step, wait) => {
      const waits = Array.from({ length: 200 }, () => nextWait(step, null) ?? -1)
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(wait * 0.8)
      expect(Math.max(...waits)).toBeLessThanOrEqual(wait * 1.2)
      expect(nextWait(step, null, 0)).toBeCloseTo(wait * 0.8)
      expect(nextWait(step, null, 1)).toBeCloseTo(wait * 1.2)
      if (wait > 0) expect(new Set(waits).size).toBeGreaterThan(100)
    },
  )

  test('ends after the tenth try', () => {
    expect(nextWait(9, null)).not.toBeNull()
    expect(nextWait(10, null)).toBeNull()
    expect(nextWait(10, 60)).toBeNull()
  })

  test('waits longer where the receiver asks for it, a day at most, and never shorter', () => {
    expect(nextWait(1, 120, 0.5)).toBe(120)
    expect(nextWait(1, 1, 0.5)).toBe(5)
    expect(nextWait(1, 999_999, 0.5)).toBe(86_400)
  })
})

test.each([
  ['120', 120],
  [' 7 ', 7],
  ['Sat, 21 Nov 2026 12:02:00 GMT', 120],
  ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
  ['-5', null],
  ['soon', null],
  ['1e9', null],
  ['', null],
  [undefined, null],
  ['9999999999999999999', null],
])('Retry-After %j asks for %j seconds', (header, seconds) => {
  expect(readRetryAfter(header, now)).toBe(seconds)
})

// Mutant: the time of the last failure instead of the first since a success.
test('five days of nothing but failures are too long, and one second less is not', () => {
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)
  expect(failureSeconds).toBe(432_000)
  expect(hasFailedTooLong(null, now)).toBe(false)
  expect(hasFailedTooLong(ago(failureSeconds - 1), now)).toBe(false)
  expect(hasFailedTooLong(ago(failureSeconds), now)).toBe(true)
  expect(hasFailedTooLong(ago(failureSeconds / 100), now, 100)).toBe(true)
})
