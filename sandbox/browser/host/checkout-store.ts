import type { StripeCheckoutSession } from '@stripe/stripe-js'
import type { PageState } from '../../browser-api'
import { IntegrationError, postJson } from '../api-client'
import { sessionView } from './session-view'
import type { TotalGuard } from './total-guard'

type StoreOptions = {
  origin: string
  key: string
  locale: string
  clientSecret: string | Promise<string>
  guard: TotalGuard
  /** What the elements and the session's own rules say about `canConfirm`. */
  isReady: (state: PageState) => boolean
  onState: (state: PageState) => void
}

/** The session as the sandbox last told it, and the queue of changes on their way there. */
export type CheckoutStore = {
  load: () => Promise<void>
  state: () => PageState
  session: () => StripeCheckoutSession
  subscribe: (handler: (session: StripeCheckoutSession) => void) => void
  /** Looks again whether the session can be confirmed, and tells the page if that changed. */
  touch: () => void
  /** Runs tasks one after the other; `canConfirm` is false until the last is through (Stripe.js, endive). */
  enqueue: <T>(task: () => Promise<T>) => Promise<T>
  idle: () => Promise<void>
  /** Posts to the session's address, keeps the state that comes back. */
  send: <T extends PageState>(action: string, body: Record<string, unknown>) => Promise<T>
  adopt: (state: PageState) => void
  post: <T>(path: string, body: Record<string, unknown>) => Promise<T>
}

export function checkoutStore(options: StoreOptions): CheckoutStore {
  const { origin, key, locale, guard, isReady, onState } = options
  const handlers: ((session: StripeCheckoutSession) => void)[] = []
  let current: PageState | null = null
  let view: StripeCheckoutSession | null = null
  let loading: Promise<void> | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let pending = 0
  let canConfirm = false

  const state = () => {
    if (!current) throw new IntegrationError('The session is not loaded yet: await `loadActions()` first.')
    return current
  }
  const refresh = () => {
    canConfirm = pending === 0 && isReady(state())
    view = guard.watch(sessionView(state(), locale, canConfirm))
    for (const handler of handlers) handler(view)
  }
  const touch = () => {
    if (current && canConfirm !== (pending === 0 && isReady(current))) refresh()
  }
  const adopt = (next: PageState) => {
    current = next
    onState(next)
    refresh()
  }
  const post: CheckoutStore['post'] = async (path, body) => {
    const secret = await options.clientSecret
    return postJson(`${origin}${path}`, { client_secret: secret, key, ...body })
  }
  const send: CheckoutStore['send'] = async (action, body) => {
    const id = (await options.clientSecret).split('_secret_')[0] ?? ''
    const next = await post<PageState>(`/_js/checkout_sessions/${id}/${action}`, body)
    adopt(next)
    return next as never
  }

  return {
    state,
    adopt,
    touch,
    post,
    send,
    session: () => {
      state()
      return view as StripeCheckoutSession
    },
    subscribe: (handler) => handlers.push(handler),
    load: () => {
      loading ??= send('retrieve', {}).then(
        () => undefined,
        (error: unknown) => {
          loading = null
          throw error
        },
      )
      return loading
    },
    enqueue: (task) => {
      pending += 1
      touch()
      const done = queue.then(task).finally(() => {
        pending -= 1
        touch()
      })
      queue = done.catch(() => undefined)
      return done
    },
    idle: async () => {
      await queue
    },
  }
}
