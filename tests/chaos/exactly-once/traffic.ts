import { setTimeout as sleep } from 'node:timers/promises'
import { Buyer } from '../../support/buyer'
import { shuffled } from '../../support/crowd'
import { deliver } from '../../support/events'
import type { StackClient } from '../../support/stack'
import { type Sale, slug } from './sales'

export type Order = 'shuffled' | 'burst'

/** One request that is repeated until it is answered as it should be. */
export type Errand = { sale: Sale; body: (() => Promise<string>) | null }

/** Every event one to five times, and the return page for half of the sales. */
export function errands(sales: Sale[], order: Order, random: () => number): Errand[] {
  const groups = sales.map((sale, index): Errand[] => {
    const copies = sale.events.flatMap((body) => {
      const count = 1 + Math.floor(random() * 5)
      return Array.from({ length: count }, () => ({ sale, body }))
    })
    return shuffled(index % 2 === 0 ? [...copies, { sale, body: null }] : copies, random)
  })
  return order === 'burst' ? groups.flat() : shuffled(groups.flat(), random)
}

const patience = 240_000

/**
 * Sends an errand as Stripe or a browser would: an event until a 2xx, a return page until a redirect.
 * @param url where the application is now; it moves when it is killed
 */
export async function run(stack: StackClient, url: () => string, { sale, body }: Errand): Promise<void> {
  const end = Date.now() + patience
  for (;;) {
    try {
      const answer = body
        ? await deliver({ ...stack, baseUrl: url() }, await body())
        : await new Buyer(stack, url()).comeBack(slug, sale.session)
      await answer.body?.cancel()
      if (body ? answer.ok : answer.status === 303) return
    } catch (error) {
      // Refused or reset, as it happens when a process is killed; anything else is a fault of this test.
      if (!(error instanceof TypeError)) throw error
    }
    if (Date.now() > end) throw new Error(`nobody answered for ${sale.session} for four minutes`)
    await sleep(50)
  }
}
