import { describe, expect, test } from 'vitest'
import type { LinkConfig, Restrictions } from '@/db/types'
import { createLinkInput } from '@/lib/links/schema'
import { linkState } from '@/lib/links/state'

const now = Date.parse('2026-06-01T12:00:00Z')
const seconds = now / 1000

const item = (price: string, quantity = 1, minimum: number | null = null) => ({
  price,
  quantity,
  adjustable_quantity: { enabled: minimum !== null, minimum: minimum ?? 0, maximum: 99 },
})

function link(
  restrictions: Restrictions | null,
  more: { active?: boolean; sold?: object; done?: number } = {},
) {
  const config = {
    ...createLinkInput.parse({ line_items: [item('price_a', 2), item('price_b', 1, 0)] }),
    currency: 'eur',
    restrictions,
  } as LinkConfig
  return {
    active: more.active ?? true,
    completedSessions: more.done ?? 0,
    soldUnits: { ...more.sold },
    config,
  }
}

describe('a link is', () => {
  test.each([
    ['open without limits', link(null), 'open'],
    ['switched off before anything else', link({ starts_at: seconds + 1 }, { active: false }), 'inactive'],
    ['not yet on sale until its first second', link({ starts_at: seconds + 1 }), 'not_yet'],
    ['open from its first second', link({ starts_at: seconds }), 'open'],
    ['open until its last second', link({ ends_at: seconds + 1 }), 'open'],
    ['over from its end', link({ ends_at: seconds }), 'ended'],
    ['open below its limit', link({ completed_sessions: { limit: 2 } }, { done: 1 }), 'open'],
    ['sold out at its limit', link({ completed_sessions: { limit: 2 } }, { done: 2 }), 'sold_out'],
    [
      'open while the smallest order can be had',
      link({ inventory: { price_a: 4 } }, { sold: { price_a: 2 } }),
      'open',
    ],
    [
      'sold out below the smallest order',
      link({ inventory: { price_a: 4 } }, { sold: { price_a: 3 } }),
      'sold_out',
    ],
    ['open without an item nobody has to take', link({ inventory: { price_b: 0 } }), 'open'],
  ] as const)('%s', (_, row, state) => {
    expect(linkState(row, now)).toBe(state)
  })
})

describe('restrictions', () => {
  const parse = (restrictions: unknown) =>
    createLinkInput.safeParse({ line_items: [{ price: 'price_a', quantity: 1 }], restrictions })

  test.each([
    [{ completed_sessions: { limit: 1 } }],
    [{ starts_at: 1, ends_at: 2, per_buyer: { limit: 1 }, inventory: { price_a: 0 } }],
    [null],
  ])('accept %j', (value) => {
    expect(parse(value).success).toBe(true)
  })

  test.each([
    [{ completed_sessions: { limit: 0 } }],
    [{ starts_at: 2, ends_at: 2 }],
    [{ starts_at: 1.5 }],
    [{ inventory: { price_a: -1 } }],
    [{ inventory: { prod_a: 1 } }],
    [{ per_buyer: { limit: 0 } }],
    [{ places: 1 }],
  ])('refuse %j', (value) => {
    expect(parse(value).success).toBe(false)
  })
})
