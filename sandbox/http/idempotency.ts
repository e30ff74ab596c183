import { createHash } from 'node:crypto'
import type { StoredAnswer } from '../state/records'
import type { World } from '../world'
import { invalidRequest, StripeError } from './errors'

const kept = 24 * 3600 * 1000

export type Attempt = { id: string; fingerprint: string }

export function fingerprintOf(method: string, path: string, body: string): string {
  return createHash('sha256').update(`${method} ${path}\n${body}`).digest('hex')
}

/**
 * Stripe's idempotency layer: the answer of an execution is kept under its key for 24 hours of the sandbox's
 * clock, 500s included; keys belong to an API key; the same key in flight is a conflict.
 */
export class Idempotency {
  #inFlight = new Set<string>()
  constructor(readonly world: World) {}

  /** Claims a key. Returns the stored answer when there is one; throws on other parameters and on a conflict. */
  begin(apiKey: string, key: string, fingerprint: string): Attempt | StoredAnswer {
    if (key.length > 255) {
      throw invalidRequest(`Idempotency keys can have up to 255 characters, this one has ${key.length}.`)
    }
    const id = `${apiKey} ${key}`
    if (this.#inFlight.has(id)) {
      const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`
      throw new StripeError(409, 'idempotency_error', message, { code: 'idempotency_key_in_use' })
    }
    const stored = this.world.store.get('answer', id)
    if (stored && stored.at + kept > this.world.clock.now()) {
      if (stored.fingerprint === fingerprint) return stored
      const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`
      throw new StripeError(400, 'idempotency_error', message)
    }
    this.#inFlight.add(id)
    return { id, fingerprint }
  }

  /** Keeps an answer, in the transaction of its effects. */
  store(attempt: Attempt, requestId: string, status: number, body: string): void {
    const at = this.world.clock.now()
    this.world.store.put('answer', { ...attempt, request_id: requestId, status, body, at })
  }

  end(attempt: Attempt): void {
    this.#inFlight.delete(attempt.id)
  }
}
