/**
 * Keeps one value per process under `key`.
 *
 * Next evaluates the same module several times in one process (instrumentation, route handlers, pages),
 * in production too, so that module scope is not "once". Pools, clients and loops go through here.
 */
export function once<T>(key: string, make: () => T): T {
  const store = globalThis as unknown as { __buylink?: Map<string, unknown> }
  store.__buylink ??= new Map()
  if (!store.__buylink.has(key)) store.__buylink.set(key, make())
  return store.__buylink.get(key) as T
}
