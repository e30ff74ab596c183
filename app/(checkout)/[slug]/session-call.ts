import type { SessionResponse } from '@/lib/checkout/open'

declare global {
  interface Window {
    /** Set by the page's inline script. */
    buylinkSession?: Promise<Response>
  }
}

export type SessionAnswer =
  | { kind: 'answered'; session: SessionResponse }
  /** Trying later may help. `wait` is what the server asked for, in seconds. */
  | { kind: 'busy'; why: 'offline' | 'crowded' | 'unavailable'; wait: number | null }
  /** Trying the same again cannot help. */
  | { kind: 'refused'; why: 'ended' | 'unpayable' | 'unknown' }

let early: Promise<SessionAnswer> | null = null

/** The answer to the call the page made before this code had arrived; asks itself where there was none. */
export function earlySession(slug: string): Promise<SessionAnswer> {
  early ??= window.buylinkSession ? readAnswer(window.buylinkSession) : callSession(slug)
  return early
}

/** Opens or resumes the checkout session of this browser. Never throws. */
export function callSession(slug: string): Promise<SessionAnswer> {
  return readAnswer(
    fetch(`/${slug}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ search: location.search, referrer: document.referrer }),
    }),
  )
}

async function readAnswer(call: Promise<Response>): Promise<SessionAnswer> {
  try {
    const response = await call
    if (response.ok) return { kind: 'answered', session: (await response.json()) as SessionResponse }
    if (response.status === 429 || response.status >= 500) {
      const wait = Number(response.headers.get('retry-after'))
      return {
        kind: 'busy',
        why: response.status === 429 ? 'crowded' : 'unavailable',
        wait: Number.isFinite(wait) && wait > 0 ? wait : null,
      }
    }
    return { kind: 'refused', why: await reasonOf(response) }
  } catch {
    return { kind: 'busy', why: 'offline', wait: null }
  }
}

/** The codes of `AppError` that tell a buyer more than that this page does not work. */
async function reasonOf(response: Response): Promise<'ended' | 'unpayable' | 'unknown'> {
  const body: { error?: { code?: unknown } } | null = await response.json().catch(() => null)
  const code = body?.error?.code
  if (code === 'gone') return 'ended'
  return code === 'conflict' ? 'unpayable' : 'unknown'
}
