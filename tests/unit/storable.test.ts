import { expect, test } from 'vitest'
import { storable } from '@/lib/storable'

// Mutants: NUL passed on; a lone surrogate passed on; whole characters broken up; keys left as they are.
test('what Postgres refuses is replaced, and nothing else changes', () => {
  const given = {
    name: 'Zoë\0🦊',
    'key\0': ['\uD83E', '\uDD8A', '🦊', '\u2028', 'مرحبا', null, 7, true],
    nested: { lone: 'a\uD800b' },
  }
  expect(storable(given)).toEqual({
    name: 'Zoë\uFFFD🦊',
    'key\uFFFD': ['\uFFFD', '\uFFFD', '🦊', '\u2028', 'مرحبا', null, 7, true],
    nested: { lone: 'a\uFFFDb' },
  })
})

test('an object with a prototype of its own is passed on', () => {
  const at = new Date(0)
  expect(storable({ at }).at).toBe(at)
})
