import type { StackAddresses } from '@/tests/support/stack'

/** What the sandbox is told to do to a call. */
export type Fault = {
  kind: string
  position: 'before' | 'after'
  should_retry?: boolean
  seconds?: number
  omit?: string[]
}

const both = ['before', 'after'] as const

/** Rows 1 to 12 of the catalogue: what can happen to a call, before and after its effect. */
export const faults: Fault[] = [
  { kind: 'refused', position: 'before', seconds: 0.4 },
  { kind: '429', position: 'before' },
  { kind: '429', position: 'before', should_retry: true },
  { kind: '409', position: 'before' },
  ...both.map((position) => ({ kind: '500', position })),
  { kind: '500', position: 'after', should_retry: false },
  ...both.map((position) => ({ kind: '503', position })),
  ...both.map((position) => ({ kind: 'html', position })),
  ...both.map((position) => ({ kind: 'hang', position })),
  ...both.map((position) => ({ kind: 'reset', position })),
  { kind: 'cut', position: 'after' },
  { kind: 'slow', position: 'after', seconds: 1.5 },
  { kind: 'malformed', position: 'after', omit: ['id', 'client_secret', 'status', 'amount_total'] },
]

/** Which calls of a case are struck. */
export const strikes = [
  { name: 'first', nth: 1, times: 1 },
  { name: 'second', nth: 2, times: 1 },
  { name: 'first three', nth: 1, times: 3 },
]

export type Case = { operation: string; fault: Fault; strike: (typeof strikes)[number] }

/** The second call is struck where a second object would cost something. */
function strikesOf(operation: string) {
  return ['create session', 'create refund'].includes(operation)
    ? strikes
    : strikes.filter(({ nth }) => nth === 1)
}

export function allCases(operations: string[], listOnly: string[]): Case[] {
  return operations.flatMap((operation) =>
    faults
      // A list without ids is an empty answer to whoever looks for one.
      .filter(({ kind }) => kind !== 'malformed' || !listOnly.includes(operation))
      .flatMap((fault) => strikesOf(operation).map((strike) => ({ operation, fault, strike }))),
  )
}

/** A choice that holds every fault and every operation, the same for the same seed. */
export function someCases(cases: Case[], count: number, seed: number): Case[] {
  const step = Math.max(1, Math.floor(cases.length / count))
  return cases.filter((_, index) => (index + seed) % step === 0).slice(0, count)
}

export type Report = { cases: number; breaches: string[]; note?: string }
export type Task = { addresses: StackAddresses; seed: number; count: number | null }
