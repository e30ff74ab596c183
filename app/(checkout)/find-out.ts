let leaving = false

/** Goes on to `address`, once: the session's own news and the answer to the confirmation arrive together. */
export function leaveFor(address: string): void {
  if (leaving) return
  leaving = true
  location.replace(address)
}

/**
 * Where the return address leads: a path of ours, or itself where that cannot be told from here. Waits for the
 * network, and for Stripe, as long as it takes.
 */
export async function findOut(address: string, onUnknown = () => {}): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(address, { cache: 'no-store' })
      const { pathname, search } = new URL(response.url)
      const waiting = pathname.endsWith('/return/wait') || response.status >= 500
      if (!waiting) return response.ok ? pathname + search : address
    } catch {
      // A landing page elsewhere cannot be read from here, but can be gone to.
      if (await reachable()) return address
    }
    onUnknown()
    await seconds(Math.min(2 ** attempt, 15))
  }
}

async function reachable(): Promise<boolean> {
  return fetch('/icon.svg', { method: 'HEAD', cache: 'no-store' }).then(
    (response) => response.ok,
    () => false,
  )
}

export function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000))
}
