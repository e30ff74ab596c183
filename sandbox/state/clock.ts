import type { Store } from './store'

/** The sandbox's clock: real time plus what tests have advanced it by. */
export type Clock = {
  /** Milliseconds. */
  now(): number
  /** Unix seconds, as Stripe's `created`. */
  seconds(): number
  /** Moves the clock forward; inside a transaction. */
  advance(seconds: number): void
}

export function clockOn(store: Store, base: () => number): Clock {
  const offset = () => Number(store.get('setting', 'clock_offset')?.value ?? 0)
  const now = () => base() + offset()
  return {
    now,
    seconds: () => Math.floor(now() / 1000),
    advance: (seconds) => {
      store.put('setting', { id: 'clock_offset', value: offset() + seconds * 1000 })
    },
  }
}
