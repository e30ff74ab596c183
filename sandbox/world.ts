import type { Clock } from './state/clock'
import type { Store } from './state/store'

/** How long debits take in the sandbox, in seconds of its clock. */
export type DebitTiming = { succeed_after: number; delayed_after: number }

/** What every operation works on. */
export type World = {
  store: Store
  clock: Clock
  /** The sandbox's public origin, without a slash at the end. */
  origin: () => string
  /** The request being worked on; events name it. */
  request: { id: string; idempotency_key: string | null } | null
  /** Seconds between the tries of a delivery. */
  webhookRetry: readonly number[]
}

/** The API version the sandbox speaks; the type check holds it against the SDK's. */
export const apiVersion = '2026-10-28.endive' satisfies import('stripe').Stripe.LatestApiVersion

export function debitTiming(world: World): DebitTiming {
  const set = world.store.get('setting', 'debit_timing')?.value as Partial<DebitTiming> | undefined
  return { succeed_after: 1, delayed_after: 180, ...set }
}
