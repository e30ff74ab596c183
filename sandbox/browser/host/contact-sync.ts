import type { CheckoutStore } from './checkout-store'

const waitMs = 350

/** Sends what elements collect to the session once typing pauses, so that totals and resumption know it. */
export type ContactSync = {
  note: (change: Record<string, unknown>) => void
  /** Sends at once what is still waiting. */
  flush: () => void
  waiting: () => boolean
}

/** `refused` hears why the session did not take what was sent. */
export function contactSync(
  store: () => CheckoutStore,
  refused: (error: unknown) => void = () => undefined,
): ContactSync {
  let timer: ReturnType<typeof setTimeout> | undefined
  let change: Record<string, unknown> | null = null

  const flush = () => {
    clearTimeout(timer)
    if (!change) return
    const body = change
    change = null
    // A refusal shows when the buyer confirms, which sends the same values again.
    store()
      .enqueue(() => store().send('update', body))
      .catch(refused)
  }
  return {
    flush,
    waiting: () => change !== null,
    note: (next) => {
      change = { ...change, ...next }
      clearTimeout(timer)
      timer = setTimeout(flush, waitMs)
      store().touch()
    },
  }
}
