/** Leaves the page. The promise stays open: nothing after it may run while the browser is on its way. */
export function leaveFor(url: string): Promise<never> {
  window.location.assign(url)
  return new Promise(() => undefined)
}
