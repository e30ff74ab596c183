import { db } from '@/db/client'
import type { StackClient } from './stack'

/**
 * Lets this process use the product's functions on a stack's database and sandbox, as one more of its processes.
 * @returns what leaves it again, so that the next stack can be joined
 */
export function joinStack({ env }: Pick<StackClient, 'env'>): () => Promise<void> {
  Object.assign(process.env, env)
  return async () => {
    await db().$client.end({ timeout: 5 })
    for (const name of Object.keys(env)) delete process.env[name]
    // What `once()` keeps belongs to the stack that was left.
    Reflect.deleteProperty(globalThis, '__buylink')
  }
}
