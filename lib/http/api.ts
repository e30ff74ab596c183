import { type ApiKey, requireKey } from '@/lib/accounts/keys'
import {
  claimRequest,
  countRequest,
  KeyReused,
  releaseRequest,
  rememberRequest,
} from '@/lib/accounts/requests'
import { covers, type Scope } from '@/lib/accounts/scopes'
import { AppError, type ErrorCode } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { log } from '@/lib/log'
import { storable } from '@/lib/storable'
import { readPairs } from './form-body'

const largestBody = 1_048_576

type Call<Params> = {
  /** Of the address: `{ id }`. */
  params: Params
  /** The body of a POST, the query of anything else, not checked yet. */
  input: Record<string, unknown>
  key: ApiKey
  /** The request's `Idempotency-Key`: a wish that is given no other name goes by it, or a repeat would be another. */
  idempotencyKey: string | null
}

type Route<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>

/**
 * A route of the public API: request id, key, scope, limit, `Idempotency-Key` of a POST, body, handler, and
 * whatever goes wrong as Stripe's error object.
 * @param scope what the key must be allowed to do
 * @param handler one domain call; what it returns is the answer
 */
export function api<Params = Record<string, never>>(
  scope: Scope,
  handler: (call: Call<Params>) => Promise<object>,
): Route<Params> {
  return async (request, context) => {
    const requestId = newId('req')
    const { pathname } = new URL(request.url)
    try {
      const key = await requireKey(bearer(request.headers))
      if (!covers(key.scopes, scope)) {
        throw new AppError('forbidden', `This API key may not do that; it needs “${scope}”.`)
      }
      await countRequest(key.id)
      const text = request.method === 'POST' ? await bodyOf(request) : ''
      const idempotencyKey = request.method === 'POST' ? request.headers.get('idempotency-key') : null
      // What Postgres cannot keep is replaced here, or a NUL in a name would be a failure of ours.
      const work = async () => {
        const input = storable(inputOf(request, text))
        return handler({ params: storable(await context.params), input, key, idempotencyKey })
      }
      const answer = idempotencyKey
        ? await onceUnder(key.id, idempotencyKey, `POST ${pathname}\n${text}`, work)
        : { text: JSON.stringify(await work()), status: 200, replayed: false }
      const headers = { ...(answer.replayed && { 'idempotent-replayed': 'true' }) }
      return reply(answer.text, answer.status, { ...headers, 'request-id': requestId })
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) {
        log.error({ path: pathname, request_id: requestId, error }, 'an API request failed')
      }
      const { retryAfter } = error instanceof AppError ? error : { retryAfter: null }
      return reply(JSON.stringify(errorBody(error)), statusOf(error), {
        'request-id': requestId,
        ...(retryAfter && { 'retry-after': String(retryAfter) }),
      })
    }
  }
}

function reply(text: string, status: number, headers: Record<string, string>): Response {
  const common = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  return new Response(text, { status, headers: { ...common, ...headers } })
}

/** As a bearer token, or as the user name of basic authentication, which is how `curl -u` sends it. */
function bearer(headers: Headers): string | null {
  const [, kind = '', value = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? []
  if (kind.toLowerCase() !== 'basic') return value || null
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0] || null
}

async function bodyOf(request: Request): Promise<string> {
  const bytes = Buffer.from(await request.arrayBuffer())
  if (bytes.length > largestBody) throw new AppError('invalid_request', 'The body is too large.')
  return bytes.toString('utf8')
}

function inputOf(request: Request, text: string): Record<string, unknown> {
  if (request.method !== 'POST') return readPairs(new URL(request.url).searchParams)
  if (!request.headers.get('content-type')?.includes('json')) return readPairs(new URLSearchParams(text))
  try {
    const value: unknown = JSON.parse(text || '{}')
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      return value as Record<string, unknown>
    }
  } catch {
    // Told below, as for any other body that is no object.
  }
  throw new AppError('invalid_request', 'The body is not a JSON object.')
}

/**
 * Works once under a key. A refusal before anything happened gives the key back, as at Stripe, and so does a Stripe
 * that did not answer: what was begun is committed, and the same request goes on with it. Everything else is
 * remembered, a defect of ours too: nobody knows what it left behind.
 */
async function onceUnder(keyId: string, key: string, content: string, work: () => Promise<object>) {
  if (key.length > 255)
    throw new AppError('invalid_request', 'An Idempotency-Key has at most 255 characters.')
  const earlier = await claimRequest(keyId, key, content)
  if (earlier) return { text: earlier.body, status: earlier.status, replayed: true }
  try {
    const text = JSON.stringify(await work())
    await rememberRequest(keyId, key, { status: 200, body: text })
    return { text, status: 200, replayed: false }
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') await releaseRequest(keyId, key)
    else await rememberRequest(keyId, key, { status: 500, body: JSON.stringify(errorBody(error)) })
    throw error
  }
}

const statusOf = (error: unknown) => (error instanceof AppError ? error.status : 500)

/** Stripe's words for our codes, which its SDKs turn into their error classes. */
const stripeCodes: Partial<Record<ErrorCode, string>> = {
  not_found: 'resource_missing',
  rate_limited: 'rate_limit',
  invalid_request: 'parameter_invalid',
}

function errorBody(error: unknown) {
  if (!(error instanceof AppError)) {
    return { error: { type: 'api_error', message: 'Something went wrong on our side.' } }
  }
  const reused = error instanceof KeyReused
  const type = error.status >= 500 ? 'api_error' : reused ? 'idempotency_error' : 'invalid_request_error'
  const code = stripeCodes[error.code] ?? error.code
  return { error: { type, code, message: error.message, ...(error.param && { param: error.param }) } }
}
