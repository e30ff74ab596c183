import { log } from '@/lib/log'
import { sweepCharges } from './follow-charge'
import { sweepCalls } from './sweep-calls'
import { closeSwitchedOff } from './sweep-closed'
import { sweepEvents } from './sweep-events'
import { sweepSessions } from './sweep-sessions'

type Step = (signal: AbortSignal) => Promise<unknown>

/**
 * Finds what webhooks and answers missed: events that Stripe lists as undelivered, sessions that were paid or
 * expired without our hearing of it, calls that never came back, open sessions of links that were switched
 * off. Any number of processes may sweep; whatever a killed one had in hand is found again.
 *
 * Where nothing was missed it says nothing. What it put right is counted as `sweeper_repairs`.
 */
export async function sweep(signal: AbortSignal): Promise<void> {
  const steps: Record<string, Step> = {
    'sweep.closed': closeSwitchedOff,
    'sweep.sessions': sweepSessions,
    'sweep.events': sweepEvents,
    'sweep.charges': sweepCharges,
    'sweep.calls': sweepCalls,
  }
  for (const [operation, step] of Object.entries(steps)) {
    if (signal.aborted) return
    try {
      await step(signal)
    } catch (error) {
      log.error({ operation, error }, 'a part of the sweep failed')
    }
  }
}
