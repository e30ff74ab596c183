import { expect, test } from 'vitest'
import { nextStatus, type OrderStatus, type PaymentFact } from '@/lib/orders/status'

const facts: PaymentFact[] = ['paid', 'processing', 'payment_failed', 'mismatch']
const table: [OrderStatus | null, [OrderStatus, OrderStatus, OrderStatus, OrderStatus]][] = [
  [null, ['paid', 'pending', 'failed', 'review']],
  ['pending', ['paid', 'pending', 'failed', 'review']],
  ['failed', ['paid', 'failed', 'failed', 'review']],
  ['paid', ['paid', 'paid', 'paid', 'paid']],
  ['review', ['review', 'review', 'review', 'review']],
]

const cells = table.flatMap(([now, row]) =>
  facts.map((fact, index) => [now, fact, row[index]] as [OrderStatus | null, PaymentFact, OrderStatus]),
)

// Mutants: a stale "processing" takes a paid order back; a mismatch is fulfilled; a failed order stays failed
// although the money came.
test.each(cells)('%s and %s gives %s', (now, fact, next) => {
  expect(nextStatus(now, fact)).toBe(next)
})

// Mutants: accepting what failed or is on its way makes it paid; accepting what is held changes nothing.
test.each([
  ['pending', 'pending'],
  ['failed', 'failed'],
  ['paid', 'paid'],
  ['review', 'paid'],
] as const)('%s and accepted by a person gives %s', (now, next) => {
  expect(nextStatus(now, 'accepted')).toBe(next)
})
