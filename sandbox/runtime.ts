import { runDueTasks } from './payments/settle'
import { type Sender, startSender } from './webhooks/sender'
import type { World } from './world'

/** The moving parts around the world: planned work and the sender of webhooks. */
export type Runtime = {
  world: World
  /** Does what is due now; before an operation, so that it meets the state of this moment. */
  catchUp(): void
  /** Writes down what happened, then sends and plans what follows from it. */
  settle(): Promise<void>
  close(): Promise<void>
}

export function startRuntime(world: World): Runtime {
  const sender: Sender = startSender(world)
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  function catchUp(): void {
    const now = world.clock.now()
    if (!world.store.list('task').some((task) => task.due <= now)) return
    const { request } = world
    world.request = null
    try {
      world.store.transact(() => runDueTasks(world))
    } finally {
      world.request = request
    }
  }

  async function tick(): Promise<void> {
    try {
      catchUp()
      await settle()
    } catch (error) {
      console.error('sandbox: planned work failed:', error)
      plan(1000)
    }
  }

  function plan(atLeast = 0): void {
    clearTimeout(timer)
    if (isClosed) return
    const next = world.store
      .list('task')
      .reduce((least, task) => Math.min(least, task.due), Number.POSITIVE_INFINITY)
    if (next === Number.POSITIVE_INFINITY) return
    const wait = Math.min(Math.max(next - world.clock.now(), atLeast), 3_600_000)
    timer = setTimeout(() => void tick(), wait)
    timer.unref()
  }

  async function settle(): Promise<void> {
    await world.store.flush()
    sender.wake()
    plan()
  }

  void tick()
  return {
    world,
    catchUp,
    settle,
    async close() {
      isClosed = true
      clearTimeout(timer)
      await sender.close()
    },
  }
}
