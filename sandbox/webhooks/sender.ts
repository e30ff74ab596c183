import type { Attempt, Delivery, QueuedDelivery } from '../state/records'
import type { World } from '../world'
import { queueDelivery } from './plan'
import { signatureHeader } from './sign'

const parallel = 64
const answerLimit = 15_000

type Answer = Pick<Attempt, 'status' | 'error' | 'body'>

/** Sends deliveries when they are due and again until a 2xx. */
export type Sender = {
  /** Looks for due deliveries now. */
  wake(): void
  /** Resolves when nothing is under way. */
  close(): Promise<void>
}

async function post(url: string, payload: string, signature: string, abort: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: payload,
      redirect: 'manual',
      signal: AbortSignal.any([abort, AbortSignal.timeout(answerLimit)]),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signature,
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
    })
    const body = (await response.text()).slice(0, 500)
    return { status: response.status, error: null, body }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { status: null, error: cause instanceof Error ? cause.message : String(cause), body: '' }
  }
}

function payloadOf(world: World, delivery: Delivery): string {
  const event = world.store.need('event', delivery.event)
  return JSON.stringify(delivery.wrong_mode ? { ...event, livemode: true } : event, null, 2)
}

function signed(world: World, delivery: Delivery, payload: string): { header: string; isWrong: boolean } {
  const state = world.store.need('endpoint_state', delivery.endpoint)
  const isWrong = delivery.attempts.length < delivery.wrong_signatures
  const rolls = state.old_secret !== null && state.old_secret_until > world.clock.now()
  const secrets = isWrong
    ? ['whsec_not_the_secret']
    : [state.secret, ...(rolls ? [state.old_secret ?? ''] : [])]
  return { header: signatureHeader(payload, secrets, Math.floor(Date.now() / 1000)), isWrong }
}

function record(world: World, id: string, attempt: Attempt): void {
  const delivery = world.store.get('delivery', id)
  if (!delivery) return
  const attempts = [...delivery.attempts, attempt]
  const isDone = attempt.status !== null && attempt.status >= 200 && attempt.status < 300
  const wait = world.webhookRetry[attempts.length - 1]
  if (isDone || wait === undefined) {
    world.store.put('delivery', { ...delivery, attempts, state: isDone ? 'succeeded' : 'failed' })
    world.store.remove('queued_delivery', id)
  } else {
    queueDelivery(world, { ...delivery, attempts }, world.clock.now() + wait * 1000)
  }
  const event = world.store.get('event', delivery.event)
  if (isDone && event && delivery.copy === 0) {
    world.store.patch('event', event.id, { pending_webhooks: Math.max(0, event.pending_webhooks - 1) })
  }
}

export function startSender(world: World): Sender {
  const underWay = new Map<string, Promise<void>>()
  const abort = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let isAwake = false

  async function deliver(delivery: Delivery): Promise<void> {
    const endpoint = world.store.get('webhook_endpoint', delivery.endpoint)
    const started = performance.now()
    let answer: Answer = { status: null, error: 'The endpoint was deleted', body: '' }
    let signature: Attempt['signature'] = 'valid'
    if (endpoint) {
      const payload = payloadOf(world, delivery)
      const { header, isWrong } = signed(world, delivery, payload)
      signature = isWrong ? 'wrong' : 'valid'
      answer = await post(endpoint.url, payload, header, abort.signal)
    }
    if (abort.signal.aborted) return
    const milliseconds = Math.round(performance.now() - started)
    const attempt = { at: world.clock.now(), milliseconds, signature, ...answer }
    world.store.transact(() => record(world, delivery.id, attempt))
    await world.store.flush()
  }

  function sendDue(): void {
    clearTimeout(timer)
    timer = undefined
    if (abort.signal.aborted) return
    const now = world.clock.now()
    let next = Number.POSITIVE_INFINITY
    const due: QueuedDelivery[] = []
    for (const queued of world.store.list('queued_delivery')) {
      if (underWay.has(queued.id)) continue
      if (queued.next_at <= now) due.push(queued)
      else next = Math.min(next, queued.next_at)
    }
    due.sort((one, other) => one.next_at - other.next_at)
    for (const { id } of due.slice(0, parallel - underWay.size)) {
      const run = deliver(world.store.need('delivery', id))
        .catch((error: unknown) => console.error('sandbox: a delivery could not be recorded:', error))
        .finally(() => {
          underWay.delete(id)
          wake()
        })
      underWay.set(id, run)
    }
    if (next === Number.POSITIVE_INFINITY) return
    timer = setTimeout(sendDue, Math.min(next - now, 60_000))
    timer.unref()
  }

  /** Once per turn at most, however many ask for it. */
  function wake(): void {
    if (isAwake) return
    isAwake = true
    setTimeout(() => {
      isAwake = false
      sendDue()
    }, 2).unref()
  }

  return {
    wake,
    async close() {
      clearTimeout(timer)
      abort.abort()
      await Promise.allSettled(underWay.values())
    },
  }
}
