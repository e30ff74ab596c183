import { browserRoutes } from './browser/routes'
import { browserOperation } from './browser-api'
import { handleControl } from './control/routes'
import { Api } from './http/api'
import { isFromElsewhere } from './http/control-access'
import { errorBody, invalidRequest, StripeError } from './http/errors'
import type { Reply } from './http/faulty'
import { Idempotency } from './http/idempotency'
import { type Incoming, json, matchPath } from './http/request'
import { newId } from './ids'
import { handleInvoice } from './pages/invoice'
import { handleWindow } from './pages/window'
import type { Runtime } from './runtime'

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-max-age': '600',
}

function bodyOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text || '{}')
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw invalidRequest('The body has to be a JSON object.')
}

/** Everything the sandbox answers: /v1, Stripe.js and its endpoints, invoices, control, the window. */
export class Site {
  #api: Api

  constructor(
    readonly runtime: Runtime,
    readonly registerEndpoints: () => void,
    readonly origins: () => string[],
  ) {
    this.#api = new Api(runtime, new Idempotency(runtime.world))
  }

  async handle(incoming: Incoming): Promise<Reply> {
    const { path } = incoming
    if (path.startsWith('/v1/')) return this.#api.handle(incoming)
    if (path.startsWith('/_js/')) return this.#script(incoming)
    if (path.startsWith('/v3/')) return this.#page(incoming)
    if (path.startsWith('/i/')) return handleInvoice(this.runtime, incoming)
    if (isFromElsewhere(incoming, this.origins())) {
      return json(403, { error: { message: 'Another site may not steer the sandbox.' } })
    }
    if (path.startsWith('/_sandbox/')) return handleControl(this.runtime, incoming, this.registerEndpoints)
    return handleWindow(this.runtime, incoming)
  }

  async #script(incoming: Incoming): Promise<Reply> {
    if (incoming.method === 'OPTIONS') return { status: 204, headers: cors, body: '' }
    const found = incoming.method === 'POST' ? browserOperation(incoming.path) : null
    const requestId = newId('req_')
    const headers = { ...cors, 'request-id': requestId, 'cache-control': 'no-store' }
    const { world } = this.runtime
    try {
      if (!found)
        throw new StripeError(404, 'invalid_request_error', `Unrecognized request URL (${incoming.path}).`)
      const body = bodyOf(incoming.body)
      this.runtime.catchUp()
      world.request = { id: requestId, idempotency_key: null }
      const result = world.store.transact(
        () => found.run(world, body),
        (error) => error instanceof StripeError && error.keepsEffects,
      )
      world.request = null
      await this.runtime.settle()
      return json(200, result, headers)
    } catch (error) {
      world.request = null
      if (!(error instanceof StripeError)) throw error
      await this.runtime.settle()
      return json(error.status, errorBody(error, requestId, world.origin()), headers)
    }
  }

  async #page(incoming: Incoming): Promise<Reply> {
    for (const route of browserRoutes) {
      const params = route.method === incoming.method ? matchPath(route.path, incoming.path) : null
      if (!params) continue
      const { query, body } = incoming
      return route.handle({ params, query, body, origin: this.runtime.world.origin() })
    }
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found\n' }
  }
}
