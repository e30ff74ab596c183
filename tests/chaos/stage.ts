import { eventually } from '../support/buyer'
import { joinStack } from '../support/domain'
import { deliver } from '../support/events'
import { type Stack, startStack } from '../support/stack'

/**
 * Starts a stack of its own whose sandbox sends nothing by itself and whose sweeper sleeps, so that a test alone
 * decides what happens when, and lets this process take part in it.
 */
export async function onStage<T>(
  work: (stack: Stack) => Promise<T>,
  env: Record<string, string> = {},
): Promise<T> {
  const stack = await startStack({ seed: true, env: { SWEEP_SECONDS: '3600', ...env } })
  const leave = joinStack(stack)
  try {
    await stack.sandbox.webhooks({ action: 'drop' })
    await control(stack, 'debits', { succeed_after: 1_000_000, delayed_after: 1_000_000 })
    return await work(stack)
  } finally {
    await leave()
    await stack.stop()
  }
}

/** One of the sandbox's controls. @throws with its answer when it refuses */
export async function control(
  { sandbox }: Pick<Stack, 'sandbox'>,
  path: string,
  body: object = {},
): Promise<void> {
  const url = `${sandbox.url}/_sandbox/${path}`
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
}

/** Sends an event and waits until it has been worked on. */
export async function deliverAndWait(stack: Stack, payload: string): Promise<void> {
  const { id } = JSON.parse(payload) as { id: string }
  const response = await deliver(stack, payload)
  if (response.status !== 200) throw new Error(`${id} was answered with ${response.status}`)
  await eventually(async () => {
    const [row] = await stack.sql`select state from stripe_events where id = ${id}`
    return row && row.state !== 'pending' ? true : null
  }, 60)
}

/** Keeps what is not as it should be, in words. */
export class Findings {
  readonly breaches: string[] = []

  expect(what: string, is: unknown, should: unknown): void {
    const [one, other] = [JSON.stringify(is), JSON.stringify(should)]
    if (one !== other) this.breaches.push(`${what}: ${one} instead of ${other}`)
  }
}
