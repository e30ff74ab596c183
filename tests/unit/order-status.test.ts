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
