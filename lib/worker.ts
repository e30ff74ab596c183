import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { purgeRequests } from './accounts/requests'
import { workInbox } from './checkout/inbox-work'
import { closeLapsed } from './checkout/lapse'
import { sendPlaceRefunds } from './checkout/place-refunds'
import { sweep } from './checkout/sweep'
import { forgetTries } from './checkout/tries'
import { env } from './env'
import { deliverDue } from './events/deliver'
import { purgeEvents } from './events/purge'
import { beat } from './heartbeat'
import { log } from './log'
import { once } from './once'
import { registerPaymentDomain } from './stripe/payment-domain'

const inboxLoops = 4

export type Worker = { stop(): Promise<void> }

/**
 * Starts the loops that work on received events and sweep up what they missed, and has Stripe know our domain; once
 * per process, and any number of processes may run them. `stop()` waits for the work in hand.
 */
export function startWorker(): Worker {
  return once('worker', () => {
    const stopping = new AbortController()
    void registerPaymentDomain()
    // Every loop and every delivery in flight listens for the end; Node warns of a leak at eleven.
    setMaxListeners(0, stopping.signal)
    const loops = [
      // Several, so that an event that hangs does not hold up the others.
      ...Array.from({ length: inboxLoops }, () => repeat('inbox', 1000, stopping.signal, workInbox)),
      repeat('lapse', 5000, stopping.signal, closeLapsed),
      repeat('refunds', 2000, stopping.signal, sendPlaceRefunds),
      repeat('forget', 3_600_000, stopping.signal, forgetTries),
      repeat('heartbeat', 10_000, stopping.signal, beat),
      repeat('sweep', env().sweepSeconds * 1000, stopping.signal, () => sweep(stopping.signal)),
      repeat('deliver', 500, stopping.signal, () => deliverDue(stopping.signal)),
      repeat('purge', 3_600_000, stopping.signal, async () => {
        await purgeEvents(stopping.signal)
        await purgeRequests()
      }),
    ]
    return {
      async stop() {
        stopping.abort()
        await Promise.all(loops)
      },
    }
  })
}

async function repeat(name: string, pause: number, signal: AbortSignal, work: () => Promise<unknown>) {
  while (!signal.aborted) {
    try {
      await work()
    } catch (error) {
      log.error({ operation: name, error }, 'a round of the worker failed')
    }
    await sleep(pause, undefined, { signal }).catch(() => {})
  }
}
