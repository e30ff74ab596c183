import type { Calls, Connect, ElementSetup, FromFrame, ToFrame } from '../protocol'

/** Connection to one iframe: a private channel handed over once its document has loaded. */
export type FrameLink = {
  send: (message: ToFrame) => void
  call: <N extends keyof Calls>(name: N, argument: Calls[N]['argument']) => Promise<Calls[N]['answer']>
  close: () => void
}

const loadTimeoutMs = 15_000

/**
 * Connects to the document in `frame`. The setup and the port go to `origin` only; messages sent earlier wait
 * in the channel. `onSilence` is called where the document does not speak within fifteen seconds.
 */
export function linkFrame(
  frame: HTMLIFrameElement,
  origin: string,
  setup: () => ElementSetup,
  onMessage: (message: FromFrame) => void,
  onSilence: () => void,
): FrameLink {
  const channel = new MessageChannel()
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>()
  let calls = 0
  const timer = setTimeout(onSilence, loadTimeoutMs)

  channel.port1.onmessage = ({ data }: MessageEvent<FromFrame>) => {
    if (data.type === 'hello') clearTimeout(timer)
    if (data.type === 'answer') {
      waiting.get(data.id)?.resolve(data.answer as never)
      waiting.delete(data.id)
      return
    }
    onMessage(data)
  }
  frame.addEventListener(
    'load',
    () => {
      const connect: Connect = { type: 'sandbox:connect', setup: setup() }
      frame.contentWindow?.postMessage(connect, origin, [channel.port2])
    },
    { once: true },
  )

  return {
    send: (message) => channel.port1.postMessage(message),
    call: (name, argument) =>
      new Promise((resolve, reject) => {
        calls += 1
        waiting.set(calls, { resolve, reject })
        channel.port1.postMessage({ type: 'call', id: calls, name, argument } satisfies ToFrame)
      }),
    close: () => {
      clearTimeout(timer)
      for (const { reject } of waiting.values()) reject(new Error('The element was unmounted.'))
      waiting.clear()
      channel.port1.close()
    },
  }
}
