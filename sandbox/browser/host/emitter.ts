export type Handler = (event: unknown) => unknown

export type Emitter = {
  on: (event: string, handler: Handler) => void
  once: (event: string, handler: Handler) => void
  off: (event: string, handler?: Handler) => void
  emit: (event: string, payload: unknown) => void
}

/** Handlers by event name. `off` without a handler removes all of that event. */
export function emitter(): Emitter {
  const handlers = new Map<string, Map<Handler, Handler>>()
  const of = (event: string) => {
    const known = handlers.get(event) ?? new Map<Handler, Handler>()
    handlers.set(event, known)
    return known
  }
  return {
    on: (event, handler) => of(event).set(handler, handler),
    once: (event, handler) => {
      of(event).set(handler, (payload) => {
        of(event).delete(handler)
        return handler(payload)
      })
    },
    off: (event, handler) => {
      if (handler) of(event).delete(handler)
      else handlers.delete(event)
    },
    emit: (event, payload) => {
      for (const run of [...of(event).values()]) run(payload)
    },
  }
}
