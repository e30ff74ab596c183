import type { Operation } from '../api/operation'
import { operations } from '../api/operations'
import { strike } from '../control/faults'
import { newId } from '../ids'
import type { Runtime } from '../runtime'
import type { Fault } from '../state/records'
import { apiVersion } from '../world'
import { authenticate } from './auth'
import { errorBody, invalidRequest, StripeError } from './errors'
import { expand } from './expand'
import { faultyReply, type Reply } from './faulty'
import { parseForm, type Raw } from './form'
import { fingerprintOf, type Idempotency } from './idempotency'
import { type Incoming, matchPath, type Outgoing } from './request'

type Found = { operation: Operation; id: string }
type Call = { requestId: string; incoming: Incoming; apiKey: string; key: string | null }

function findOperation({ method, path }: Incoming): Found | undefined {
  for (const operation of operations) {
    if (operation.method !== method) continue
    const values = matchPath(operation.path, path)
    if (values) return { operation, id: values.id ?? '' }
  }
  return undefined
}

function checkVersion(version: string | string[] | undefined): void {
  if (version === undefined || version === apiVersion) return
  const message = `Invalid Stripe API version: ${String(version)}. The sandbox speaks ${apiVersion}.`
  throw invalidRequest(message)
}

function rawOf({ method, query, body }: Incoming): { [name: string]: Raw } {
  const raw = parseForm(new URLSearchParams(method === 'POST' ? body : ''))
  for (const [name, value] of Object.entries(parseForm(query))) raw[name] = value
  return raw
}

/** What the ledger may show of a body: never a card number. */
function shown(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(shown)
  if (typeof raw !== 'object' || raw === null) return raw
  const entries = Object.entries(raw).filter(
    ([name]) => name !== 'number' && name !== 'cvc' && name !== 'iban',
  )
  return Object.fromEntries(entries.map(([name, value]) => [name, shown(value)]))
}

const asText = (value: object) => `${JSON.stringify(value, null, 2)}\n`

export class Api {
  constructor(
    readonly runtime: Runtime,
    readonly idempotency: Idempotency,
  ) {}

  #outgoing(call: Call, status: number, body: string, headers: Record<string, string> = {}): Outgoing {
    return {
      status,
      body,
      headers: {
        'content-type': 'application/json',
        'request-id': call.requestId,
        'stripe-version': apiVersion,
        ...(call.key ? { 'idempotency-key': call.key } : {}),
        ...headers,
      },
    }
  }

  #failure(call: Call, error: unknown): Outgoing {
    const known =
      error instanceof StripeError
        ? error
        : new StripeError(
            500,
            'api_error',
            `The sandbox failed: ${error instanceof Error ? error.message : error}`,
          )
    if (known !== error) console.error('sandbox:', error)
    return this.#outgoing(
      call,
      known.status,
      asText(errorBody(known, call.requestId, this.runtime.world.origin())),
    )
  }

  #record(call: Call, found: Found | undefined, raw: unknown, reply: Outgoing, fault: Fault | null): void {
    const { world } = this.runtime
    const { method, path, body } = call.incoming
    world.store.transact(() =>
      world.store.put('call', {
        id: call.requestId,
        at: world.clock.now(),
        method,
        path,
        operation: found?.operation.name ?? null,
        idempotency_key: call.key,
        params: shown(raw),
        fingerprint: method === 'POST' ? fingerprintOf(method, path, body) : null,
        status: reply.status,
        replayed: reply.headers?.['idempotent-replayed'] === 'true',
        fault: fault ? `${fault.position} ${fault.kind}` : null,
      }),
    )
  }

  /** Runs prepared work as one transaction; what it answers is kept under the key in the same write. */
  #execute(
    call: Call,
    work: () => object,
    paths: readonly string[],
    keep: (reply: Outgoing) => void,
  ): Outgoing {
    const { world } = this.runtime
    world.request = { id: call.requestId, idempotency_key: call.key }
    try {
      return world.store.transact(
        () => {
          const reply = this.#outgoing(call, 200, asText(expand(world, work(), paths)))
          keep(reply)
          return reply
        },
        (error) => error instanceof StripeError && error.keepsEffects,
      )
    } catch (error) {
      const reply = this.#failure(call, error)
      world.store.transact(() => keep(reply))
      return reply
    } finally {
      world.request = null
    }
  }

  async #answer(
    call: Call,
    found: Found,
    raw: { [name: string]: Raw },
    fault: Fault | null,
  ): Promise<Outgoing> {
    const { world } = this.runtime
    const work = found.operation.prepare(world, raw, found.id)
    const paths = Array.isArray(raw.expand) ? raw.expand.map(String) : []
    const { method, path, body } = call.incoming
    const fails = fault?.kind === '500'
    const failure = () => this.#failure(call, new StripeError(500, 'api_error', 'An unknown error occurred.'))
    if (method !== 'POST' || call.key === null) {
      if (fault?.kind === 'slow' && fault.position === 'before') await pause(fault.seconds)
      this.runtime.catchUp()
      if (fails && fault.position === 'before') return failure()
      const reply = this.#execute(call, work, paths, () => {})
      return fails ? failure() : reply
    }
    const attempt = this.idempotency.begin(call.apiKey, call.key, fingerprintOf(method, path, body))
    if ('status' in attempt) {
      const headers = { 'idempotent-replayed': 'true', 'original-request': attempt.request_id }
      return this.#outgoing(call, attempt.status, attempt.body, headers)
    }
    const keep = (reply: Outgoing) =>
      this.idempotency.store(attempt, call.requestId, reply.status, String(reply.body))
    try {
      if (fault?.kind === 'slow' && fault.position === 'before') await pause(fault.seconds)
      this.runtime.catchUp()
      if (!fails) return this.#execute(call, work, paths, keep)
      if (fault.position === 'after') this.#execute(call, work, paths, () => {})
      const reply = failure()
      world.store.transact(() => keep(reply))
      return reply
    } finally {
      await world.store.flush()
      this.idempotency.end(attempt)
    }
  }

  /** Answers one call to /v1, with whatever fault strikes it. */
  async handle(incoming: Incoming): Promise<Reply> {
    const { world } = this.runtime
    const header = incoming.headers['idempotency-key']
    const key = typeof header === 'string' && header !== '' ? header : null
    const call: Call = { requestId: newId('req_'), incoming, apiKey: '', key }
    const found = findOperation(incoming)
    let raw: { [name: string]: Raw } = {}
    let fault: Fault | null = null
    let reply: Outgoing
    try {
      call.apiKey = authenticate(incoming.headers)
      checkVersion(incoming.headers['stripe-version'])
      if (!found) {
        const message = `Unrecognized request URL (${incoming.method}: ${incoming.path}). The sandbox may not offer it yet.`
        throw new StripeError(404, 'invalid_request_error', message)
      }
      fault = world.store.transact(() => strike(world, found.operation.name))
      raw = rawOf(incoming)
      const isBlind = fault?.position === 'before' && fault.kind !== 'slow' && fault.kind !== '500'
      reply = isBlind ? this.#outgoing(call, 0, '') : await this.#answer(call, found, raw, fault)
    } catch (error) {
      reply = this.#failure(call, error)
    }
    const last: Reply = fault ? await faultyReply(fault, reply) : reply
    this.#record(call, found, raw, last, fault)
    await this.runtime.settle()
    return last
  }
}

const pause = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000))
