import { joinStack } from './domain'
import type { StackAddresses } from './stack'

/**
 * Lets this process call the application's own functions on a stack's database, as one more process of it.
 * @returns those that tests of webhooks need
 */
export async function insideApp(stack: Pick<StackAddresses, 'env'>) {
  joinStack(stack)
  const [{ db }, { emitEvent }, endpoints, { createKey }, resend] = await Promise.all([
    import('@/db/client'),
    import('@/lib/events/emit'),
    import('@/lib/events/endpoints'),
    import('@/lib/accounts/keys'),
    import('@/lib/events/resend'),
  ])
  let count = 0
  return {
    ...endpoints,
    ...resend,
    createKey,
    /** Tells a made-up fact. @returns the event's id. */
    async emit(type: Parameters<typeof emitEvent>[1]['type'] = 'order.fulfilled', object: object = {}) {
      const factKey = `test:${process.pid}:${Date.now()}:${++count}`
      await db().transaction((tx) => emitEvent(tx, { type, factKey, object: { id: factKey, ...object } }))
      const row = await db().query.events.findFirst({
        where: (events, { eq }) => eq(events.factKey, factKey),
      })
      return row?.id ?? ''
    },
    close: () => db().$client.end({ timeout: 5 }),
  }
}
