import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountWithheld, disputeMeaning, disputeStateOf } from '@/lib/orders/disputes'
import { amountRefunded, amountRenewed, netAmount, refundable } from '@/lib/orders/net'
import { refundState } from '@/lib/orders/refund-state'

const order = {
  status: 'paid' as const,
  amountTotal: 5000,
  amountRenewed: 0,
  amountRefunded: 0,
  amountDisputed: 0,
}

// Mutants: a pending order has revenue; a dispute that is open counts as money had.
describe('netAmount', () => {
  test.each(['pending', 'failed', 'review'] as const)('of an order that is %s is nothing', (status) => {
    expect(netAmount({ ...order, status })).toBe(0)
  })

  test('is what was paid less what went back or is held back', () => {
    expect(netAmount(order)).toBe(5000)
    expect(netAmount({ ...order, amountRenewed: 1450 })).toBe(6450)
    expect(netAmount({ ...order, amountRefunded: 1000 })).toBe(4000)
    expect(netAmount({ ...order, amountDisputed: 5000 })).toBe(0)
    expect(netAmount({ ...order, amountRefunded: 5000, amountDisputed: 5000 })).toBe(-5000)
  })
})

// Mutant: what was given back of renewals is taken off the checkout's payment.
test('what can be refunded is what is left of the checkout’s payment, and nothing while it is disputed', () => {
  const left = (refunded: number, disputed = 0) => refundable(order, { refunded, disputed })
  expect(left(0)).toBe(5000)
  expect(refundable({ ...order, status: 'review' }, { refunded: 0, disputed: 0 })).toBe(5000)
  expect(left(4999)).toBe(1)
  expect(left(0, 1)).toBe(0)
  expect(refundable({ ...order, status: 'pending' }, { refunded: 0, disputed: 0 })).toBe(0)
  expect(left(5900)).toBe(0)
  const renewed = { ...order, amountRenewed: 900, amountRefunded: 900, amountDisputed: 900 }
  expect(refundable(renewed, { refunded: 0, disputed: 0 })).toBe(5000)
})

test('refunds that failed or were cancelled gave nothing back; those on their way did', () => {
  const refund = (status: string, amount: number) => ({ status, amount })
  const all = [refund('succeeded', 1), refund('pending', 20), refund('requires_action', 300)]
  expect(amountRefunded([...all, refund('failed', 4000), refund('canceled', 50_000)])).toBe(321)
  expect(refundState({ ...order, amountRefunded: 0 })).toBe('none')
  expect(refundState({ ...order, amountRefunded: 4999 })).toBe('partial')
  expect(refundState({ ...order, amountRefunded: 5000 })).toBe('full')
})

test('only later invoices that were paid are renewals', () => {
  const invoice = (status: string, billingReason: string | null, amountPaid: number) => ({
    status,
    billingReason,
    amountPaid,
  })
  expect(
    amountRenewed([
      invoice('paid', 'subscription_create', 1),
      invoice('paid', 'subscription_cycle', 20),
      invoice('paid', null, 300),
      invoice('open', 'subscription_cycle', 4000),
    ]),
  ).toBe(320)
})

describe('a dispute', () => {
  const known: [string, string | null, boolean][] = [
    ['warning_needs_response', 'opened', false],
    ['warning_under_review', 'opened', false],
    ['warning_closed', null, false],
    ['prevented', null, false],
    ['charge_refunded', null, false],
    ['needs_response', 'opened', true],
    ['under_review', 'opened', true],
    ['appeal_needs_response', 'opened', true],
    ['appeal_under_review', 'opened', true],
    ['lost', 'lost', true],
    ['won', 'won', false],
  ]
  test.each(known)('that is %s', (status, state, withheld) => {
    expect(disputeMeaning(status)).toEqual({ state, withheld })
  })

  // Mutants: anything that is not lost is won; what is not known is taken for money had.
  test('with a status nobody knows yet is shown, never won, and its amount not had', () => {
    fc.assert(
      fc.property(fc.string(), (status) => {
        fc.pre(!known.some(([name]) => name === status))
        expect(disputeMeaning(status)).toEqual({ state: 'unknown', withheld: true })
      }),
    )
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(disputeMeaning(name).state).toBe('unknown')
  })

  test('beside another: what asks for attention first is shown', () => {
    expect(disputeStateOf([])).toBeNull()
    expect(disputeStateOf(['won', 'lost'])).toBe('lost')
    expect(disputeStateOf(['won', 'made_up', 'lost'])).toBe('unknown')
    expect(disputeStateOf(['won', 'made_up', 'needs_response'])).toBe('opened')
    expect(disputeStateOf(['won', 'warning_closed'])).toBe('won')
    const amount = 100
    expect(amountWithheld(['won', 'lost', 'needs_response'].map((status) => ({ amount, status })))).toBe(200)
  })
})
