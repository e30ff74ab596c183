import type { SessionResponse } from '@/lib/checkout/open'
import type { StackClient } from './stack'

export type Opened = { id: string; clientSecret: string }

/** A browser without a window: keeps its cookies and opens links as the page's script does. */
export class Buyer {
  readonly cookies = new Map<string, string>()

  constructor(
    private readonly stack: Pick<StackClient, 'baseUrl'>,
    private readonly appUrl = stack.baseUrl,
  ) {}

  /** Any request with this buyer's cookies; redirects are not followed. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.cookies.size > 0) {
      headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    }
    const response = await fetch(new URL(path, this.appUrl), { redirect: 'manual', ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      this.cookies.set(name, value)
    }
    return response
  }

  post(slug: string, search = '', headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch(`/${slug}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.stack.baseUrl, ...headers },
      body: JSON.stringify({ search, referrer: '' }),
    })
  }

  /** Opens or resumes the session of a link that can be bought. */
  async open(slug: string, search = ''): Promise<Opened> {
    const response = await this.post(slug, search)
    const body = (await response.json()) as SessionResponse
    if (body.state !== 'open') throw new Error(`${slug} did not open: ${JSON.stringify(body)}`)
    const [id = ''] = body.client_secret.split('_secret_')
    return { id, clientSecret: body.client_secret }
  }

  /** Comes back from paying; the answer is a redirect. */
  comeBack(slug: string, session: string): Promise<Response> {
    return this.fetch(`/${slug}/return?session_id=${session}`)
  }
}

/** Asks until `found` says something other than null, or fails after `seconds`. */
export async function eventually<T>(found: () => Promise<T | null | undefined>, seconds = 15): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const value = await found()
    if (value !== null && value !== undefined) return value
    if (Date.now() > end) throw new Error('it did not come to pass in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
