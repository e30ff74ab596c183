import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds between two calls of the sweeper: ten a second leave Stripe's limits to buyers. */
const gap = 100

/**
 * Works on one thing after the other, at the sweeper's pace, until there is no more or `most` are done.
 * @param next takes the next thing, undefined when there is none
 */
export async function paced<T>(
  next: () => Promise<T | undefined>,
  work: (thing: T) => Promise<void>,
  { most, signal }: { most: number; signal: AbortSignal },
): Promise<void> {
  for (let done = 0; done < most && !signal.aborted; done++) {
    const begun = Date.now()
    const thing = await next()
    if (thing === undefined) return
    await work(thing)
    const rest = gap - (Date.now() - begun)
    if (rest > 0) await sleep(rest)
  }
}
