import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '../processes'

/** A server that answers; one that a former run left is not our child. */
export type Running = { pid: number; port: number; child?: ChildProcess }

const attemptsPerMinute = 10

/** Starts the server again whenever it dies, until released or until it dies too often. */
export function keepRunning(first: Running, launch: () => Promise<Running>, log: (line: string) => void) {
  let running = first
  let released = false
  let relaunch: Promise<unknown> = Promise.resolve()

  async function watch(): Promise<Error> {
    const attempts: number[] = []
    for (;;) {
      await ended(running)
      if (released) return new Promise<never>(() => {})
      log('Postgres ended unexpectedly and is started again.')
      let failure: Error | undefined
      do {
        attempts.push(Date.now())
        if (attempts.filter((at) => at > Date.now() - 60_000).length > attemptsPerMinute) {
          return failure ?? new Error('Postgres keeps dying.')
        }
        // What its predecessor left (workers, shared memory) may need a moment to go.
        await sleep(200)
        if (released) return new Promise<never>(() => {})
        const next = launch()
        relaunch = next.catch(() => {})
        failure = await next.then(
          (started) => {
            running = started
            return undefined
          },
          (error: Error) => error,
        )
      } while (failure && !released)
    }
  }

  return {
    lost: watch(),
    /** Ends the watch. @returns the server that runs now. */
    async release(): Promise<Running> {
      released = true
      await relaunch
      return running
    },
  }
}

async function ended({ pid, child }: Running): Promise<void> {
  if (child === undefined) {
    while (isAlive(pid)) await sleep(500, undefined, { ref: false })
  } else if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once('exit', resolve))
  }
}
