import { setTimeout as sleep } from 'node:timers/promises'
import type { Agent } from 'undici'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { once } from '@/lib/once'
import { type Claim, claimDue } from './claims'
import { guardedAgent } from './http-guard'
import { recordOutcome } from './outcomes'
import { post } from './post'
import { eventResource } from './resource'
import { signatureHeaders } from './sign'

/** Sent at the same time by this process; endpoints that fail get half of it at most. */
const maximum = 64
const maximumFailing = 32
const pollMs = 500

/** Everything about one try, from connecting to the last byte that is read. Never below a second. */
export function tryTimeoutMs(): number {
  return Math.max(15_000 / env().webhooks.timeScale, 1000)
}

function agent(): Agent {
  return once('webhook-agent', () =>
    guardedAgent({ livemode: env().stripe.livemode, allow: env().webhooks.allow }, tryTimeoutMs()),
  )
}

/**
 * Sends what is due, until nothing is; any number of processes may do so at once. Nothing is sent inside a
 * transaction: a delivery is leased, sent, and its outcome written down.
 *
 * @returns how many tries were made
 */
export async function deliverDue(signal?: AbortSignal): Promise<number> {
  const running = new Map<Promise<void>, boolean>()
  let count = 0
  try {
    while (!signal?.aborted) {
      for (const claim of await claimRound([...running.values()])) {
        const work = deliver(claim).finally(() => running.delete(work))
        running.set(work, claim.endpoint.failing)
        count++
      }
      if (running.size === 0) break
      const pause = sleep(pollMs, undefined, { ref: false })
      await Promise.race([pause, ...running.keys()])
    }
  } finally {
    await Promise.all(running.keys())
  }
  return count
}

async function claimRound(running: boolean[]): Promise<Claim[]> {
  const leaseSeconds = tryTimeoutMs() / 1000 + 5
  const sound = await claimDue(maximum - running.length, false, leaseSeconds)
  const free = Math.min(
    maximum - running.length - sound.length,
    maximumFailing - running.filter((failing) => failing).length,
  )
  return [...sound, ...(await claimDue(free, true, leaseSeconds))]
}

async function deliver(claim: Claim): Promise<void> {
  const { endpoint, event } = claim
  try {
    const body = JSON.stringify(eventResource(event))
    const secrets = [endpoint.secret, ...(endpoint.previousSecret ? [endpoint.previousSecret] : [])]
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'accept-encoding': 'identity',
      'user-agent': 'Buylink/1.0 (webhooks)',
      ...signatureHeaders(event.id, body, secrets, Math.floor(Date.now() / 1000)),
    }
    const answer = await post(agent(), endpoint.url, headers, body, tryTimeoutMs())
    await recordOutcome(claim, answer, env().webhooks.timeScale)
  } catch (error) {
    // The lease ends by itself, and the delivery is tried again.
    log.error(
      { delivery: claim.id, endpoint: endpoint.id, error },
      'the outcome of a webhook was not recorded',
    )
  }
}
