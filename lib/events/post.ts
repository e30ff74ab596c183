import { type Dispatcher, request } from 'undici'
import { readRetryAfter } from './schedule'
import { TargetRefused } from './targets'

/** What a receiver answered, or why there was no answer. */
export type Answer = {
  status: number | null
  /** In words for the merchant; null for a 2xx. */
  error: string | null
  /** Seconds. */
  retryAfter: number | null
  /** Start of the body: at most 2 KB, without NUL and other control characters. */
  excerpt: string | null
  ms: number
}

const excerptBytes = 2048

/**
 * Sends one webhook. Only a 2xx is success; a redirect is a failure and is not followed.
 * @param timeoutMs for everything together: connecting, sending, headers and what is read of the body
 */
export async function post(
  dispatcher: Dispatcher,
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
): Promise<Answer> {
  const since = Date.now()
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await request(url, { dispatcher, method: 'POST', headers, body, signal })
    const status = response.statusCode
    return {
      status,
      error: status >= 200 && status < 300 ? null : statusWords(status),
      retryAfter: readRetryAfter(first(response.headers['retry-after']), new Date()),
      excerpt: await excerptOf(response),
      ms: Date.now() - since,
    }
  } catch (error) {
    const words = signal.aborted ? `No answer within ${timeoutMs / 1000} s.` : describe(error)
    return { status: null, error: words, retryAfter: null, excerpt: null, ms: Date.now() - since }
  }
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

function statusWords(status: number): string {
  return status >= 300 && status < 400
    ? `Answered with a redirect (${status}), which is not followed.`
    : `Answered ${status}.`
}

async function excerptOf({ body, headers }: Dispatcher.ResponseData): Promise<string | null> {
  // Leaving early makes the stream complain; nobody else listens.
  body.on('error', () => {})
  const encoding = first(headers['content-encoding'])
  if (encoding && encoding !== 'identity') {
    body.destroy()
    return '(compressed; not shown)'
  }
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, excerptBytes - size))
      size += chunk.length
      if (size >= excerptBytes) break
    }
  } catch {
    // The status has come, and it decides; the body may break off.
  }
  return cleanExcerpt(Buffer.concat(chunks))
}

/** Text that Postgres keeps and a page can show, never longer than the limit in UTF-8. */
export function cleanExcerpt(bytes: Buffer): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const text = bytes.toString('utf8').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e]/g, '')
  const cut = Buffer.from(text)
    .subarray(0, excerptBytes)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')
  return cut.trim() === '' ? null : cut
}

const causes: Record<string, string> = {
  ENOTFOUND: 'The host name has no address.',
  EAI_AGAIN: 'The host name could not be looked up.',
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: 'The connection was cut.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The host cannot be reached.',
  ETIMEDOUT: 'The connection could not be made in time.',
  UND_ERR_CONNECT_TIMEOUT: 'The connection could not be made in time.',
  UND_ERR_SOCKET: 'The connection was cut.',
  UND_ERR_HEADERS_OVERFLOW: 'The headers of the answer are too large.',
  CERT_HAS_EXPIRED: 'The certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is self-signed.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate is self-signed.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another host.',
}

function describe(error: unknown): string {
  if (error instanceof TargetRefused) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  return (code && causes[code]) ?? `The request failed${code ? ` (${code})` : ''}.`
}
