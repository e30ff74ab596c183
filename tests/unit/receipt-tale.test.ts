import { expect, test } from 'vitest'
import { isReturned, tale } from '@/components/receipt/tale'

const paid = {
  status: 'paid',
  payment_method: null,
  no_place: null,
  amount_total: 2800,
  amount_refunded: 0,
} as const

// Mutants: a refunded order still says thank you; a part that went back reads as all of it; free reads as refunded.
test.each([
  ['paid', {}, 'paid.title'],
  ['refunded in part', { amount_refunded: 2799 }, 'paid.title'],
  ['refunded', { amount_refunded: 2800 }, 'returned.title'],
  ['free', { amount_total: 0 }, 'free.title'],
  ['held and refunded by hand', { status: 'review', amount_refunded: 2800 }, 'returned.title'],
  ['held', { status: 'review' }, 'review.title'],
  [
    'sold out and refunded',
    { status: 'review', no_place: 'refunded', amount_refunded: 2800 },
    'refunded.title',
  ],
] as const)('what is %s says so', (_what, change, title) => {
  expect(tale({ ...paid, ...change }).title).toBe(title)
})

test('nothing that went back is not all of nothing', () => {
  expect(isReturned({ amount_total: 0, amount_refunded: 0 })).toBe(false)
})
