import { describe, expect, test } from 'vitest'
import { randomSlug, slugProblem } from '@/lib/links/slug'

describe('slugs', () => {
  test.each(['pro-plan', 'a1b', 'x'.repeat(64), '2026'])('%s can be chosen', (slug) => {
    expect(slugProblem(slug)).toBeNull()
  })

  test.each([
    ['ab', '3 to 64'],
    ['x'.repeat(65), '3 to 64'],
    ['Pro', 'a–z'],
    ['pro_plan', 'a–z'],
    ['pro/plan', 'a–z'],
    ['prö-plan', 'a–z'],
    ['-pro', 'hyphen'],
    ['pro-', 'hyphen'],
    ['dashboard', 'application itself'],
    ['webhooks', 'application itself'],
  ])('%s cannot', (slug, reason) => {
    expect(slugProblem(slug)).toContain(reason)
  })

  test('random ones say their mode and do not repeat', () => {
    const slugs = Array.from({ length: 1000 }, () => randomSlug(true))
    expect(new Set(slugs).size).toBe(1000)
    for (const slug of slugs) expect(slug).toMatch(/^[a-z2-9]{16}$/)

    expect(randomSlug(false)).toMatch(/^test_[a-z2-9]{16}$/)
  })
})
