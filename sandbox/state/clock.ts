import type { Store } from './store'

/** The sandbox's clock: real time plus what tests have advanced it by. */
export type Clock = {
  /** Milliseconds. */
  now(): number
  /** Unix seconds, as Stripe's `created`. */
  seconds(): number
  /** Moves the clock forward; inside a transaction. */
  advance(seconds: number): void
  /** Does synchronous work as of a moment, in milliseconds: what fell due while the clock was moved. */
  at(moment: number, work: () => void): void
}

export function clockOn(store: Store, base: () => number): Clock {
  const offset = () => Number(store.get('setting', 'clock_offset')?.value ?? 0)
  let moment: number | null = null
  const now = () => moment ?? base() + offset()
  return {
    now,
    at: (then, work) => {
      moment = then
      try {
        work()
      } finally {
        moment = null
      }
    },
    seconds: () => Math.floor(now() / 1000),
    advance: (seconds) => {
      store.put('setting', { id: 'clock_offset', value: offset() + seconds * 1000 })
    },
  }
}
